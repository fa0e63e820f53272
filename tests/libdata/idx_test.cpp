#include "mathtool/data/idx.hpp"

#include <numeric>

#include "array_bytes.hpp"
#include "mathtool/math/error.hpp"
#include "support/reference_data.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using data::Input;
using test::bytes_of;
using test::idx;

namespace {

data::NumericArray idx_array(const std::string& bytes) {
  return data::read_idx(Input::from_text(bytes, "x.idx"));
}

using Doubles = std::vector<double>;

}  // namespace

TEST_CASE("idx: every type of number is read, the most significant byte first", "[data][idx]") {
  CHECK(idx_array(idx(0x08, {3}, "\x01\x80\xFF")).values == Doubles{1, 128, 255});
  CHECK(idx_array(idx(0x09, {3}, "\x01\x80\xFF")).values == Doubles{1, -128, -1});
  CHECK(idx_array(idx(0x0B, {2}, "\x01\x02\xFF\xFE")).values == Doubles{258, -2});
  CHECK(idx_array(idx(0x0C, {1}, "\xFF\xFF\xFF\xFD")).values == Doubles{-3});
  CHECK(idx_array(idx(0x0D, {2}, bytes_of<float>({1.5F, -0.1F}, true))).values ==
        Doubles{1.5, static_cast<double>(-0.1F)});
  CHECK(idx_array(idx(0x0E, {1}, bytes_of<double>({0.1}, true))).values == Doubles{0.1});
}

TEST_CASE("idx: dimensions are kept, bytes stay bytes", "[data][idx]") {
  const std::string bytes = idx(0x08, {2, 1, 3}, "abcdef");
  CHECK(idx_array(bytes).shape == std::vector<Index>{2, 1, 3});
  const auto array = data::read_idx_bytes(Input::from_text(bytes));
  CHECK(array.shape == std::vector<Index>{2, 1, 3});
  CHECK(array.values == std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'});
  CHECK_THROWS_WITH(data::read_idx_bytes(Input::from_text(idx(0x09, {1}, "a"), "x.idx")),
                    "x.idx: byte 2: the elements are no unsigned bytes (type 08)");
}

TEST_CASE("idx: broken files name the byte", "[data][idx]") {
  CHECK_THROWS_WITH(idx_array(idx(0x07, {1}, "a")),
                    "x.idx: byte 2: 0x07 is no IDX type; the types are 08, 09, 0b, 0c, 0d and 0e");
  CHECK_THROWS_WITH(idx_array("PK__"), "x.idx: byte 0: 0x50 where an IDX file has 0x00");
  CHECK_THROWS_WITH(idx_array(idx(0x08, {3}, "ab")),
                    "x.idx: byte 10: the file ends 1 bytes before its array of 3 does");
  CHECK_THROWS_WITH(idx_array(idx(0x08, {3}, "abcd")), "x.idx: byte 11: 1 bytes behind the array");
  CHECK_THROWS_WITH(idx_array(idx(0x08, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, "")),
                    "x.idx: byte 4: no array can have the shape 4294967295 x 4294967295 x "
                    "4294967295");
  CHECK_THROWS_AS(idx_array(idx(0x08, {}, "a")), InsufficientDataError);
}

TEST_CASE("idx: a file cut short anywhere is an error", "[data][idx]") {
  const std::string bytes = idx(0x0B, {2, 2}, "abcdefgh");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("size " << size);
    CHECK_THROWS_AS(idx_array(bytes.substr(0, size)), DataError);
    CHECK_THROWS_AS(idx_array(test::gzip(bytes.substr(0, size))), DataError);
  }
}

TEST_CASE("idx: MNIST is what everyone says it is", "[data][idx]") {
  REQUIRE_REFERENCE_DATA(folder);
  const auto open = [&](const std::string& name) {
    return Input::open((folder / "images" / "mnist" / name).string());
  };
  const auto labels = data::read_idx_bytes(open("train-labels-idx1-ubyte.gz"));
  CHECK(labels.shape == std::vector<Index>{60000});
  // The first digits of the training set, shown in countless tutorials.
  CHECK(std::vector<std::uint8_t>(labels.values.begin(), labels.values.begin() + 10) ==
        std::vector<std::uint8_t>{5, 0, 4, 1, 9, 2, 1, 3, 1, 4});
  const auto images = data::read_idx_bytes(open("train-images-idx3-ubyte.gz"));
  CHECK(images.shape == std::vector<Index>{60000, 28, 28});
  // The mean pixel that is used to normalise MNIST: 0.1307 of 255.
  const double mean = std::accumulate(images.values.begin(), images.values.end(), 0.0) /
                      static_cast<double>(images.values.size());
  CHECK(std::abs(mean / 255 - 0.1307) < 0.00005);

  data::TableReader reader(open("t10k-labels-idx1-ubyte.gz"));
  std::vector<double> first;
  Index rows = 0;
  reader.read({.numbers = {0}}, [&](data::RowBlock&& block) {
    if (rows == 0) first.assign(block.numbers.data(), block.numbers.data() + 10);
    rows += block.rows();
  });
  CHECK(rows == 10000);
  CHECK(first == Doubles{7, 2, 1, 0, 4, 1, 4, 9, 5, 9});
}
