#include "mathtool/data/read_array.hpp"

#include "array_bytes.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/math/error.hpp"

using namespace mathtool;
using data::Input;
using test::bytes_of;
using test::idx;
using test::npy;

namespace {

data::SingleArray single(const std::string& bytes) {
  return data::read_single_array(Input::from_text(bytes, "x"));
}

using Bytes = std::vector<std::uint8_t>;
using Floats = std::vector<float>;

}  // namespace

TEST_CASE("read_array: the first bytes tell NPY from IDX", "[data][array]") {
  const auto array = single(idx(0x08, {2, 1, 3}, "abcdef"));
  CHECK(array.is_idx);
  CHECK(array.shape == std::vector<Index>{2, 1, 3});
  CHECK(std::get<Bytes>(array.values) == Bytes{'a', 'b', 'c', 'd', 'e', 'f'});
  const auto other = single(npy("|u1", "(2, 2)", "abcd"));
  CHECK(!other.is_idx);
  CHECK(std::get<Bytes>(other.values) == Bytes{'a', 'b', 'c', 'd'});
  CHECK(data::read_array(Input::from_text(idx(0x0B, {1}, "\xFF\xFE"))).values ==
        std::vector<double>{-2});
  CHECK(data::read_array(Input::from_text(npy("<f8", "(1,)", bytes_of<double>({0.1})))).values ==
        std::vector<double>{0.1});
}

TEST_CASE("read_array: numbers that are no bytes become floats", "[data][array]") {
  CHECK(std::get<Floats>(single(idx(0x09, {2}, "\x01\xFF")).values) == Floats{1, -1});
  CHECK(std::get<Floats>(single(npy("<f8", "(2,)", bytes_of<double>({0.1, 1e-3}))).values) ==
        Floats{0.1F, 1e-3F});
  CHECK(std::get<Floats>(single(npy("<f4", "(1,)", bytes_of<float>({0.1F}))).values) ==
        Floats{0.1F});
  CHECK(std::get<Floats>(single(npy("|b1", "(2,)", "\1\1")).values) == Floats{1, 1});
}

TEST_CASE("read_array: what is stored by columns comes by rows", "[data][array]") {
  // As numpy.asfortranarray([[1, 2, 3], [4, 5, 6]]) stands in its file.
  CHECK(std::get<Bytes>(single(npy("|u1", "(2, 3)", "\1\4\2\5\3\6", true)).values) ==
        Bytes{1, 2, 3, 4, 5, 6});
  CHECK(std::get<Floats>(
            single(npy("<f4", "(2, 3)", bytes_of<float>({1, 4, 2, 5, 3, 6}), true)).values) ==
        Floats{1, 2, 3, 4, 5, 6});
}

TEST_CASE("read_array: dimensions that no element fills cost nothing", "[data][array]") {
  const auto array = single(npy("<f4", "(0, 4194304, 4194304)", "", true));
  CHECK(std::get<Floats>(array.values).empty());
  CHECK(data::read_npy(Input::from_text(npy("<f8", "(0, 4194304, 4194304)", "", true)))
            .values.empty());
}

TEST_CASE("read_array: files of other kinds are refused by name", "[data][array]") {
  CHECK_THROWS_WITH(single(""), "x is empty");
  CHECK_THROWS_WITH(single("a,b\n1,2\n"), ContainsSubstring("x is neither an IDX nor an NPY file"));
  CHECK_THROWS_AS(single(idx(0x08, {2, 1u << 30}, "abc")), DataError);
}
