#pragma once

#include <cstddef>
#include <cstdint>

namespace mathtool::data {

/// Reads a decimal without exponent whose digits fit the 53 bits of a double and returns where it
/// stops, or null when the text at `p` is no such number. Both the digits and the power of ten are
/// exact doubles then, so that one division rounds correctly.
///
/// Pre:  the text ends with a character that is neither a digit nor `decimal`.
/// Ref:  Clinger, How to read floating point numbers accurately (1990), the fast path.
inline const char* read_short_decimal(const char* p, char decimal, double& value) {
  static constexpr double power_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                            1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                            1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  constexpr std::ptrdiff_t most_digits = 19;  // more might overflow 64 bits
  constexpr std::uint64_t most_exact = std::uint64_t{1} << 53;
  const auto digit = [](char c) {
    return static_cast<unsigned>(static_cast<unsigned char>(c) - '0');
  };

  const bool negative = *p == '-';
  p += negative;
  std::uint64_t digits = 0;
  const char* start = p;
  for (; digit(*p) < 10; ++p) digits = 10 * digits + digit(*p);
  std::ptrdiff_t count = p - start;
  std::ptrdiff_t places = 0;
  if (*p == decimal) {
    start = ++p;
    for (; digit(*p) < 10; ++p) digits = 10 * digits + digit(*p);
    places = p - start;
    count += places;
  }
  if (count == 0 || count > most_digits || digits > most_exact) return nullptr;
  static constexpr double sign[] = {1.0, -1.0};  // no branch: signs are hard to predict
  value = sign[negative] * (static_cast<double>(digits) / power_of_ten[places]);
  return p;
}

}  // namespace mathtool::data
