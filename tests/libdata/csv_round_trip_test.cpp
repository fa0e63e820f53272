#include <rapidcheck.h>

#include <cmath>
#include <cstring>

#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"
#include "support/catch.hpp"
#include "whole_table.hpp"

using namespace mathtool;

namespace {

/// Texts made of what is awkward in a table.
rc::Gen<std::string> awkward_text() {
  return rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::elementOf(std::string("\",;\t |:\n\r'a1.-eNA\xC3\xA9\xFF")),
                     rc::gen::nonZero<char>()));
}

std::string csv(const std::vector<std::vector<std::string>>& rows, char delimiter,
                const std::string& line_end) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += delimiter;
      data::append_field(text, row[i], delimiter);
    }
    if (row == std::vector<std::string>{""} && delimiter != ' ') text += "\"\"";
    text += line_end;
  }
  return text;
}

/// The same bits, or both missing.
bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

}  // namespace

TEST_CASE("round trip: any texts come back, with any delimiter and line end", "[data]") {
  CHECK(rc::check([] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(columns, awkward_text()));
    const char delimiter = *rc::gen::elementOf(std::string(",;\t|: #"));
    const auto line_end = *rc::gen::element<std::string>("\n", "\r\n");
    std::vector<std::vector<std::string>> all{std::vector<std::string>(columns, "head")};
    all.insert(all.end(), rows.begin(), rows.end());
    const data::ReadOptions options{.delimiter = delimiter, .header = true};
    RC_ASSERT(test::read_text(csv(all, delimiter, line_end), options, test::Numbers::leave_as_text)
                  .texts == rows);
  }));
}

TEST_CASE("round trip: any doubles come back bit for bit", "[data]") {
  CHECK(rc::check([] {
    const auto numbers = *rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t bits) {
          double x;
          static_assert(sizeof x == sizeof bits);
          std::memcpy(&x, &bits, sizeof x);
          return std::isinf(x) ? 0.0 : x;
        }));
    std::string text = "x,y\n0,0\n";
    for (const double x : numbers) {
      data::append_number(text, x);
      text += ",1\n";
    }
    const auto table = test::read_text(text);
    RC_ASSERT(table.numbers.rows() == std::ssize(numbers) + 1);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      RC_ASSERT(same(table.numbers(static_cast<Index>(i) + 1, 0), numbers[i]));
  }));
}

TEST_CASE("round trip: any bytes are read or refused, never worse", "[data]") {
  CHECK(rc::check([] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string("\",,;\t \n\n\r01239.-eEinfNA")),
                       rc::gen::arbitrary<char>()));
    try {
      const auto table = test::read_text(text);
      RC_ASSERT(table.numbers.rows() == std::ssize(table.texts));
    } catch (const Error& refusal) {
      RC_ASSERT(std::string(refusal.what()).find('\n') == std::string::npos);
    }
  }));
}
