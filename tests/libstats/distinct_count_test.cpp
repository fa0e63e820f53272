#include "mathtool/stats/accumulators/distinct_count.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "mathtool/stats/accumulators/grouped.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::DistinctCount;

TEST_CASE("distinct count: exact for a few thousand values", "[stats][distinct]") {
  DistinctCount numbers, texts;
  for (int i = 0; i < 100000; ++i) {
    numbers.push(i % 4000 * 0.1);
    texts.push("level " + std::to_string(i % 37));
  }
  CHECK(numbers.distinct() == 4000);
  CHECK(texts.distinct() == 37);
  CHECK(numbers.count() == 100000);
  CHECK_FALSE(numbers.approximate());
  CHECK(numbers.relative_error() == 0);
}

TEST_CASE("distinct count: zeros are one value, so are all NaN, and the empty text counts",
          "[stats][distinct]") {
  DistinctCount c;
  for (const double x : {0.0, -0.0, std::nan("1"), -std::nan("2"), 5e-324}) c.push(x);
  CHECK(c.distinct() == 3);
  c.push(std::string_view());
  c.push("0");
  CHECK(c.distinct() == 5);
}

TEST_CASE("distinct count: beyond that within a few standard errors", "[stats][distinct]") {
  for (const int distinct : {4097, 10000, 100000, 3000000}) {
    DistinctCount numbers, texts;
    for (int i = 0; i < distinct; ++i) {
      numbers.push(i);
      numbers.push(distinct - 1 - i);
      if (distinct <= 100000) texts.push(std::to_string(i));
    }
    CAPTURE(distinct, numbers.distinct(), texts.distinct());
    CHECK(numbers.approximate());
    CHECK(std::abs(numbers.distinct() - distinct) <= 4 * numbers.relative_error() * distinct);
    if (distinct <= 100000)
      CHECK(std::abs(texts.distinct() - distinct) <= 4 * texts.relative_error() * distinct);
  }
}

TEST_CASE("distinct count: merging sketches equals one sketch of all", "[stats][distinct]") {
  DistinctCount few, many, all;
  for (int i = 0; i < 3000; ++i) few.push(i);
  for (int i = 2000; i < 50000; ++i) many.push(i);
  for (int i = 0; i < 50000; ++i) all.push(i);
  DistinctCount left = few, right = many;
  left.merge(many);
  right.merge(few);
  CHECK(left.distinct() == all.distinct());
  CHECK(right.distinct() == all.distinct());
  CHECK(left.count() == 51000);
}

TEST_CASE("grouped: groups stand in the order of their first appearance, merged ones behind",
          "[stats][grouped]") {
  stats::Grouped<stats::Moments> groups, more;
  for (const auto& [key, x] : {std::pair{"b", 1.0}, {"a", 5.0}, {"b", 3.0}}) groups[key].push(x);
  for (const auto& [key, x] : {std::pair{"c", 9.0}, {"b", 8.0}}) more[key].push(x);
  groups.merge(more);
  REQUIRE(groups.groups().size() == 3);
  CHECK(groups.groups()[0].key == "b");
  CHECK(groups.groups()[0].value.mean() == 4);
  CHECK(groups.groups()[1].key == "a");
  CHECK(groups.groups()[2].key == "c");
  CHECK(groups.groups()[2].value.count() == 1);
  stats::Grouped<stats::Moments> empty;
  empty.merge(groups);
  CHECK(empty.groups().size() == 3);
}

TEST_CASE("grouped: several columns make a key, and a start can be given", "[stats][grouped]") {
  using Key = std::vector<std::string>;
  stats::Moments start;
  start.push(100.0);
  stats::Grouped<stats::Moments, Key> groups(start);
  groups[{"x", "yz"}].push(1.0);
  groups[{"xy", "z"}].push(2.0);
  REQUIRE(groups.groups().size() == 2);
  CHECK(groups.groups()[0].value.count() == 2);
  CHECK(groups.groups()[1].value.mean() == 51);
}
