#include "mathtool/data/column_selection.hpp"

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"

using namespace mathtool;
using data::pick_columns;

namespace {

using Columns = std::vector<Index>;
const std::vector<std::string> names{"id", "temp_in", "temp_out", "price", "2", "1-3", "a*", "ab"};

}  // namespace

TEST_CASE("column selection: names, numbers, ranges and globs in the order asked for", "[data]") {
  CHECK(pick_columns(names, "price,id").columns == Columns{3, 0});
  CHECK(pick_columns(names, "4,1").columns == Columns{3, 0});
  CHECK(pick_columns(names, "2-4").columns == Columns{1, 2, 3});
  CHECK(pick_columns(names, "4-2").columns == Columns{3, 2, 1});
  CHECK(pick_columns(names, "temp*").columns == Columns{1, 2});
  CHECK(pick_columns(names, "*_??").columns == Columns{1});
  CHECK(pick_columns(names, "*").columns.size() == names.size());
  CHECK(pick_columns(names, " price , id ").columns == Columns{3, 0});
}

TEST_CASE("column selection: a name beats a number, a range and a glob", "[data]") {
  CHECK(pick_columns(names, "2").columns == Columns{4});
  CHECK(pick_columns(names, "1-3").columns == Columns{5});
  CHECK(pick_columns(names, "a*").columns == Columns{6});
}

TEST_CASE("column selection: nothing asked for is everything", "[data]") {
  const auto all = pick_columns(names, "");
  CHECK(all.columns == Columns{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(all.excluded.empty());
}

TEST_CASE("column selection: no column comes twice", "[data]") {
  CHECK(pick_columns(names, "price,temp*,3,price").columns == Columns{3, 1, 2});
}

TEST_CASE("column selection: an exclamation mark excludes", "[data]") {
  const auto others = pick_columns(names, "!id,!5-8");
  CHECK(others.columns == Columns{1, 2, 3});
  CHECK(others.excluded == Columns{0, 4, 5, 6, 7});
  CHECK(pick_columns(names, "1-4,!temp*").columns == Columns{0, 3});
  CHECK(pick_columns(names, "!temp*,1-4").columns == Columns{0, 3});
  const std::vector<std::string> odd{"!x", "x"};
  CHECK(pick_columns(odd, "!x").columns == Columns{0});
}

TEST_CASE("column selection: what does not exist is an error with a suggestion", "[data]") {
  CHECK_THROWS_AS(pick_columns(names, "prcie"), DomainError);
  CHECK_THROWS_WITH(pick_columns(names, "prcie"), "no column 'prcie' (did you mean 'price'?)");
  CHECK_THROWS_WITH(pick_columns(names, "!zzzzzzzz"), "no column 'zzzzzzzz'");
  CHECK_THROWS_WITH(pick_columns(names, "9"),
                    "column 9 is outside the table, which has columns 1 to 8");
  CHECK_THROWS_AS(pick_columns(names, "0"), DomainError);
  CHECK_THROWS_AS(pick_columns(names, "5-12"), DomainError);
  CHECK_THROWS_AS(pick_columns(names, "99999999999999999999"), DomainError);
  CHECK_THROWS_WITH(pick_columns(names, "hum*"), "no column matches 'hum*'");
  CHECK_THROWS_AS(pick_columns(names, "id,,price"), DomainError);
  CHECK_THROWS_AS(pick_columns(names, "!"), DomainError);
}

TEST_CASE("column selection: a name between backticks may hold commas and other signs", "[data]") {
  const std::vector<std::string> odd{"a,b", "c", "!d", "e*"};
  CHECK(pick_columns(odd, "`a,b`").columns == Columns{0});
  CHECK(pick_columns(odd, "c, `a,b` ,`e*`").columns == Columns{1, 0, 3});
  CHECK(pick_columns(odd, "!`a,b`").columns == Columns{1, 2, 3});
  CHECK_THROWS_WITH(pick_columns(odd, "`a,x`"), ContainsSubstring("no column 'a,x'"));
  CHECK_THROWS_AS(pick_columns(odd, "`a,b"), DomainError);
  for (std::size_t i = 0; i < odd.size(); ++i)
    CHECK(pick_columns(odd, data::exclusion_of(odd[i])).excluded == Columns{static_cast<Index>(i)});
}
