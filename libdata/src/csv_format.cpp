#include "mathtool/data/csv_format.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "blanks.hpp"
#include "shortest_decimal.hpp"

namespace mathtool::data {

namespace {

constexpr std::array<std::uint64_t, 18> whole_powers_of_ten = [] {
  std::array<std::uint64_t, 18> powers{1};
  for (std::size_t k = 1; k < powers.size(); ++k) powers[k] = 10 * powers[k - 1];
  return powers;
}();

std::uint64_t ten_to_the(int k) { return whole_powers_of_ten[static_cast<std::size_t>(k)]; }

/// The eight digits of x < 10^8, one a byte, the first in the lowest: its halves, their halves and
/// so on side by side.
std::uint64_t eight_digits(std::uint64_t x) {
  x = x / 10'000 | x % 10'000 << 32;
  const std::uint64_t hundreds = (x * 10'486 >> 20) & 0x0000'007f'0000'007f;
  x = hundreds | (x - 100 * hundreds) << 16;
  const std::uint64_t tens = (x * 103 >> 10) & 0x000f'000f'000f'000f;
  return tens | (x - 10 * tens) << 8;
}

void put_digits(char* out, std::uint64_t digits) {
  digits += 0x3030'3030'3030'3030;
  if constexpr (std::endian::native == std::endian::big) digits = __builtin_bswap64(digits);
  std::memcpy(out, &digits, sizeof digits);
}

/// Writes the 16 digits of x, 0 < x < 10^16, and returns the end of the last that is not 0.
char* write_sixteen(char* out, std::uint64_t x) {
  const std::uint64_t first = eight_digits(x / 100'000'000), last = eight_digits(x % 100'000'000);
  put_digits(out, first);
  put_digits(out + 8, last);
  return last != 0 ? out + 16 - std::countl_zero(last) / 8 : out + 8 - std::countl_zero(first) / 8;
}

int count_digits(std::uint64_t x) {
  const int guess = (64 - std::countl_zero(x)) * 1233 >> 12;
  return guess + (x >= ten_to_the(guess));
}

char* write_whole(char* out, std::uint64_t x) {
  if (x >= 100'000'000) return std::to_chars(out, out + 20, x).ptr;
  const int count = x == 0 ? 1 : count_digits(x);
  put_digits(out, eight_digits(x) >> (64 - 8 * count));
  return out + count;
}

/// Writes x, 1 < x < 10^15 and no integer. No integer, being a double itself, lies between x and
/// the decimal, so that both have the same whole part.
char* write_above_1(char* out, double x) {
  const Decimal decimal = shortest_decimal(x);
  const auto whole = static_cast<std::uint64_t>(x);
  const int places = -decimal.exponent;
  const std::uint64_t fraction = decimal.digits - whole * ten_to_the(places);
  out = write_whole(out, whole);
  *out++ = '.';
  return write_sixteen(out, fraction * ten_to_the(16 - places));
}

/// Writes x, 0 < x < 1, in whichever of fixed and scientific notation is shorter.
char* write_below_1(char* out, double x) {
  const Decimal decimal = shortest_decimal(x);
  const int count = count_digits(decimal.digits), power = decimal.exponent + count - 1;
  const std::uint64_t digits = decimal.digits * ten_to_the(17 - count);  // all 17
  const std::uint64_t first = digits / ten_to_the(16), rest = digits % ten_to_the(16);
  const auto first_digit = static_cast<char>('0' + first);
  if (power >= -3 || (power == -4 && rest > 0)) {
    std::memcpy(out, "0.000", 5);
    out += 1 - power;
    *out++ = first_digit;
    return rest > 0 ? write_sixteen(out, rest) : out;
  }
  *out++ = first_digit;
  if (rest > 0) {
    *out++ = '.';
    out = write_sixteen(out, rest);
  }
  std::memcpy(out, "e-0", 3);
  out += power > -10 ? 3 : 2;
  return std::to_chars(out, out + 3, -power).ptr;
}

}  // namespace

char* write_number(char* out, double x) {
  if (std::isnan(x)) return out;
  *out = '-';
  out += std::signbit(x);
  x = std::abs(x);
  const bool whole = std::trunc(x) == x;
  if (whole && x < 1e5) return std::to_chars(out, out + 5, static_cast<int>(x)).ptr;
  if (!whole && x < 1e15) return x < 1 ? write_below_1(out, x) : write_above_1(out, x);
  return std::to_chars(out, out + number_room - 1, x).ptr;
}

void append_number(std::string& out, double x) {
  char digits[number_room];
  out.append(digits, write_number(digits, x));
}

std::string format_number(double x) {
  std::string result;
  append_number(result, x);
  return result;
}

void append_field(std::string& out, std::string_view text, char delimiter) {
  const bool blanks_divide = delimiter == ' ';
  bool quoted = text.empty() ? blanks_divide : is_blank(text.front()) || is_blank(text.back());
  for (const char c : text)
    quoted = quoted || c == delimiter || c == '"' || c == '\n' || c == '\r' ||
             (blanks_divide && is_blank(c));
  if (!quoted) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace mathtool::data
