#include "mathtool/data/missing.hpp"

#include <limits>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using data::RowBlock;
using data::RowCount;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

RowBlock gappy_block() {
  RowBlock block;
  block.numbers = (RowMat(4, 2) << 1, 2, none, 4, 5, 6, none, none).finished();
  block.texts = {"a", "b", "c", "d"};
  block.lines = {2, 3, 4, 5};
  return block;
}

}  // namespace

TEST_CASE("missing: a row counts under each column that it misses", "[data]") {
  const RowCount count = data::count_missing(gappy_block());
  CHECK(count.read == 4);
  CHECK(count.used == 4);
  CHECK(count.missing == std::vector<std::int64_t>{2, 1});
}

TEST_CASE("missing: dropping keeps complete rows with their texts and lines", "[data]") {
  RowBlock block = gappy_block();
  const RowCount count = data::drop_incomplete_rows(block);
  CHECK(count.read == 4);
  CHECK(count.used == 2);
  CHECK(count.missing == std::vector<std::int64_t>{2, 1});
  CHECK(block.numbers == (RowMat(2, 2) << 1, 2, 5, 6).finished());
  CHECK(block.texts == data::TextCells{"a", "c"});
  CHECK(block.lines == std::vector<std::int64_t>{2, 4});
  CHECK(block.rows() == 2);
}

TEST_CASE("missing: ragged rows are counted with the reason for the first", "[data]") {
  RowBlock first = gappy_block(), second = gappy_block();
  first.bad_rows = 1;
  first.first_bad_row = "t.csv:3: two fields";
  second.bad_rows = 2;
  second.first_bad_row = "t.csv:9: no field";
  RowCount count;
  count.merge(data::count_missing(gappy_block()));
  count.merge(data::drop_incomplete_rows(first));
  count.merge(data::drop_incomplete_rows(second));
  CHECK(count.bad_rows == 3);
  CHECK(count.first_bad_row == "t.csv:3: two fields");
}

TEST_CASE("missing: complete and empty blocks stay as they are", "[data]") {
  RowBlock block = gappy_block();
  block.numbers.setOnes();
  CHECK(data::drop_incomplete_rows(block).used == 4);
  CHECK(block.rows() == 4);
  RowBlock empty;
  CHECK(data::drop_incomplete_rows(empty).read == 0);
}

TEST_CASE("missing: merged counts equal the count of both", "[data]") {
  RowBlock block = gappy_block();
  RowCount total;
  total.merge(data::count_missing(block));
  total.merge(data::drop_incomplete_rows(block));
  total.merge(RowCount{});
  CHECK(total.read == 8);
  CHECK(total.used == 6);
  CHECK(total.missing == std::vector<std::int64_t>{4, 2});
  CHECK_THROWS_AS(total.merge(RowCount{.missing = {1, 2, 3}}), DimensionError);
}
