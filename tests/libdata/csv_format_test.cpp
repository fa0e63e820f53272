#include "mathtool/data/csv_format.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace mathtool;

namespace {

std::string field(std::string_view text, char delimiter = ',') {
  std::string out;
  data::append_field(out, text, delimiter);
  return out;
}

}  // namespace

TEST_CASE("csv format: numbers are as short as they can be", "[data]") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  CHECK(data::format_number(0.1) == "0.1");
  CHECK(data::format_number(-2) == "-2");
  CHECK(data::format_number(1.0 / 3) == "0.3333333333333333");
  CHECK(data::format_number(6.02214076e23) == "6.02214076e+23");
  CHECK(data::format_number(-0.0) == "-0");
  CHECK(data::format_number(inf) == "inf");
  CHECK(data::format_number(-inf) == "-inf");
  CHECK(data::format_number(std::nan("")).empty());
}

TEST_CASE("csv format: cells are quoted only where they must be", "[data]") {
  CHECK(field("plain text") == "plain text");
  CHECK(field("") == "");
  CHECK(field("a,b") == "\"a,b\"");
  CHECK(field("a;b") == "a;b");
  CHECK(field("a;b", ';') == "\"a;b\"");
  CHECK(field("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(field("two\nlines") == "\"two\nlines\"");
  CHECK(field("cr\r") == "\"cr\r\"");
  CHECK(field(" x") == "\" x\"");
  CHECK(field("x\t") == "\"x\t\"");
}

TEST_CASE("csv format: where blanks divide, cells with blanks and empty ones are quoted",
          "[data]") {
  CHECK(field("a b", ' ') == "\"a b\"");
  CHECK(field("a\tb", ' ') == "\"a\tb\"");
  CHECK(field("", ' ') == "\"\"");
  CHECK(field("ab", ' ') == "ab");
}
