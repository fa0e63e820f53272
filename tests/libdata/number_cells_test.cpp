#include <rapidcheck.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;
using test::read_text;

namespace {

/// The value of `cell` in a numeric column.
double number_in(const std::string& cell) {
  return read_text(fmt::format("a,b\n0,1\n{},1\n", cell)).numbers(1, 0);
}

bool is_text(const std::string& cell) {
  const auto schema = read_text(fmt::format("a,b\n{},1\n", cell)).schema;
  return schema.columns[0].type == data::ColumnType::text;
}

}  // namespace

TEST_CASE("number cells: signs, points, exponents, blanks and quotes", "[data]") {
  CHECK(number_in("12") == 12);
  CHECK(number_in("-12.5") == -12.5);
  CHECK(number_in("+3") == 3);
  CHECK(number_in("1.") == 1);
  CHECK(number_in(".5") == 0.5);
  CHECK(number_in("-.5e-3") == -0.0005);
  CHECK(number_in("1E+05") == 100000);
  CHECK(number_in("  7\t") == 7);
  CHECK(number_in("\"8\"") == 8);
  CHECK(number_in("\" 9 \"") == 9);
  CHECK(std::signbit(number_in("-0")));
}

TEST_CASE("number cells: what is no number", "[data]") {
  for (const std::string cell : {"-", "+", ".", "-.", "e5", "1e", "0x1F", "1 000", "1_000", "+-1",
                                 "--1", "nan(1)", "-nan", "1.2.3", "12a", "infinite", "1d5"}) {
    INFO(cell);
    CHECK(is_text(cell));
  }
}

TEST_CASE("number cells: tokens for missing values, with blanks around them", "[data]") {
  for (const std::string cell :
       {"", " ", "NA", "N/A", "NaN", "nan", "null", "NULL", "?", " NA ", "\"NA\"", "\"\""}) {
    INFO(cell);
    CHECK(std::isnan(number_in(cell)));
  }
  CHECK_THROWS_AS(number_in("na"), DataError);
}

TEST_CASE("number cells: a number can stand for a missing value", "[data]") {
  const auto table = read_text("a,b\n1,2\n-999,4\n-998,-999\n", {.missing = {"-999"}});
  CHECK(std::isnan(table.numbers(1, 0)));
  CHECK(table.numbers(2, 0) == -998);
  CHECK(std::isnan(table.numbers(2, 1)));
}

TEST_CASE("number cells: the smallest and largest doubles", "[data]") {
  CHECK(number_in("4.9406564584124654e-324") == 4.9406564584124654e-324);
  CHECK(number_in("1e-400") == 0);
  CHECK(number_in("1.7976931348623157e308") == 1.7976931348623157e308);
}

TEST_CASE("number cells: decimals at the border of the fast path round correctly", "[data]") {
  for (const std::string cell :
       {"9007199254740992", "9007199254740993", "9007199254740995", "0.9007199254740993",
        "123456789012345678", "1234567890123456789", "12345678901234567890",
        "0.1234567890123456789", "1.0000000000000002", "0.3000000000000000444",
        "18446744073709551616.5", "00000000000000000000000001.5", "0.000000000000000000000001"}) {
    INFO(cell);
    CHECK(number_in(cell) == std::strtod(cell.c_str(), nullptr));
  }
}

TEST_CASE("number cells: any decimal reads as the C library reads it", "[data]") {
  CHECK(rc::check([] {
    const auto digits = *rc::gen::inRange<std::uint64_t>(0, 10'000'000'000'000'000'000u);
    const auto whole = std::to_string(digits >> *rc::gen::inRange(0, 60));
    const auto point = *rc::gen::inRange<std::size_t>(0, whole.size() + 1);
    std::string cell = fmt::format("{}.{}", whole.substr(0, point), whole.substr(point));
    if (*rc::gen::arbitrary<bool>()) cell = fmt::format("-{}", cell);
    if (*rc::gen::arbitrary<bool>()) cell += fmt::format("e{}", *rc::gen::inRange(-330, 290));
    RC_ASSERT(number_in(cell) == std::strtod(cell.c_str(), nullptr));
  }));
}
