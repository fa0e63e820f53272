#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;

namespace {

std::uint64_t bits(double x) {
  std::uint64_t result;
  std::memcpy(&result, &x, sizeof x);
  return result;
}

/// Any finite double, each pattern of bits as likely as the next.
double any_double(std::mt19937_64& random) {
  while (true) {
    const std::uint64_t pattern = random();
    double x;
    std::memcpy(&x, &pattern, sizeof x);
    if (std::isfinite(x)) return x;
  }
}

/// How many cells of a column with these texts are read differently from `expected`.
std::size_t count_differences(const std::vector<std::string>& cells,
                              const std::vector<double>& expected) {
  std::string text = "x,y\n";
  for (const std::string& cell : cells) text += cell + ",0\n";
  data::TableReader reader(data::Input::from_text(std::move(text)));
  std::size_t row = 0, differences = 0;
  reader.read({.numbers = {0}}, [&](data::RowBlock&& block) {
    for (const double x : block.numbers.col(0)) differences += bits(x) != bits(expected[row++]);
  });
  CHECK(row == cells.size());
  return differences;
}

/// The decimal expansion of a finite number, which ends.
std::string exact_decimal(long double x) {
  char text[1300];
  std::snprintf(text, sizeof text, "%.1100Lg", x);
  return text;
}

/// The digits with one in the last place less, which is no 0.
std::string slightly_less(std::string decimal) {
  const std::size_t last = decimal.find_last_of("123456789", decimal.find('e'));
  --decimal[last];
  return decimal.insert(decimal.find('e') == decimal.npos ? decimal.size() : decimal.find('e'),
                        decimal.find('.') == decimal.npos ? ".9" : "9");
}

std::string slightly_more(std::string decimal) {
  return decimal.insert(decimal.find('e') == decimal.npos ? decimal.size() : decimal.find('e'),
                        decimal.find('.') == decimal.npos ? ".1" : "1");
}

}  // namespace

TEST_CASE("number rounding: a million doubles with 17 digits read back to the same bits",
          "[data]") {
  std::mt19937_64 random(1);
  std::vector<std::string> cells;
  std::vector<double> expected;
  for (int i = 0; i < 1'000'000; ++i) {
    // Half of them as they stand in tables, half of them of any size.
    const double x = i % 2 ? any_double(random) : std::ldexp(double(random() >> 11), -40);
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", x);
    cells.emplace_back(text);
    expected.push_back(x);
  }
  CHECK(count_differences(cells, expected) == 0);
}

TEST_CASE("number rounding: short decimals are rounded as strtod rounds them", "[data]") {
  std::mt19937_64 random(2);
  std::vector<std::string> cells;
  std::vector<double> expected;
  for (int i = 0; i < 500'000; ++i) {
    const auto digits = static_cast<int>(random() % 19 + 1);
    std::string cell = std::to_string(random()).substr(0, static_cast<std::size_t>(digits));
    if (random() % 4) cell.insert(random() % (cell.size() + 1), ".");
    if (random() % 2) cell.insert(0, "-");
    if (random() % 8 == 0) cell += "e" + std::to_string(static_cast<int>(random() % 40) - 20);
    expected.push_back(std::strtod(cell.c_str(), nullptr));
    cells.push_back(std::move(cell));
  }
  CHECK(count_differences(cells, expected) == 0);
}

// glibc's strtod is correctly rounded at any length. The midpoints are exact in the extended
// precision of x86-64, and in the quadruple one of arm64.
TEST_CASE("number rounding: midpoints between doubles and their closest neighbours", "[data]") {
  std::mt19937_64 random(3);
  std::vector<std::string> cells;
  std::vector<double> expected;
  for (int i = 0; i < 10'000; ++i) {
    const double x = i % 2 ? std::abs(any_double(random)) : std::ldexp(double(random() >> 11), -52);
    const double next = std::nextafter(x, HUGE_VAL);
    if (std::isinf(next)) continue;
    const long double middle = (static_cast<long double>(x) + static_cast<long double>(next)) / 2;
    const std::string decimal = exact_decimal(middle);
    for (const std::string& cell : {decimal, slightly_less(decimal), slightly_more(decimal)}) {
      expected.push_back(std::strtod(cell.c_str(), nullptr));
      cells.push_back(cell);
    }
    // Of the two neighbours one is reached from below, the other from above.
    const std::size_t at = expected.size();
    CHECK(expected[at - 2] == x);
    CHECK(expected[at - 1] == next);
  }
  CHECK(count_differences(cells, expected) == 0);
}
