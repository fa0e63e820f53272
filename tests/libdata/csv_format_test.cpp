#include "mathtool/data/csv_format.hpp"

#include <fmt/core.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

#include "support/catch.hpp"

using namespace mathtool;

namespace {

std::string field(std::string_view text, char delimiter = ',') {
  std::string out;
  data::append_field(out, text, delimiter);
  return out;
}

std::string standard_format(double x) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, x).ptr};
}

/// How many of a number, its neighbours and its opposite are written otherwise than the standard
/// library does, which takes twice as long.
int count_differences(double x) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  int differences = 0;
  for (const double y : {x, -x, std::nextafter(x, 0.0), std::nextafter(x, inf)})
    differences += data::format_number(y) != standard_format(y);
  return differences;
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

TEST_CASE("csv format: numbers are written as the standard library writes them", "[data]") {
  int differences = 0;
  for (int power = -1074; power < 1024; ++power)  // where the neighbour below is half as far
    differences += count_differences(std::ldexp(1.0, power));
  for (int power = -323; power < 309; ++power)
    for (const int digits : {1, 2, 5, 15, 999, 12345})
      differences +=
          count_differences(std::strtod(fmt::format("{}e{}", digits, power).c_str(), nullptr));
  for (std::uint64_t bits = 1; bits < 2000; ++bits)  // subnormal
    differences += count_differences(std::bit_cast<double>(bits));
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const double any = std::bit_cast<double>(random());
    if (std::isfinite(any)) differences += count_differences(any);
    const double number =
        std::ldexp(static_cast<double>(random() >> 11), -static_cast<int>(random() % 90));
    differences += count_differences(number);
    differences += count_differences(std::round(number * 100) / 100);
  }
  CHECK(differences == 0);
}

TEST_CASE("csv format: a number touches no more room than it is given", "[data]") {
  std::size_t most = 0;
  for (int power = -330; power < 310; ++power)
    for (const char* digits :
         {"-1", "-1.7976931348623157", "-9.999999999999999", "-1.234567890123455"}) {
      const double x = std::strtod(fmt::format("{}e{}", digits, power).c_str(), nullptr);
      std::string memory(2 * data::number_room, '\x7f');
      data::write_number(memory.data(), x);
      most = std::max(most, memory.find_last_not_of('\x7f') + 1);
    }
  INFO(most);
  CHECK(most <= data::number_room);
  CHECK(most > 24);  // or the test would not see what is written beyond the number
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
