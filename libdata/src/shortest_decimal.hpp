#pragma once

#include <cstdint>

namespace mathtool::data {

/// digits · 10^exponent.
struct Decimal {
  std::uint64_t digits = 0;  ///< at most 17 of them; the last may be 0
  int exponent = 0;
};

/// The shortest decimal that reads back as x, and of those of its length the nearest to x.
///
/// Pre:  x is finite and > 0.
/// Ref:  Giulietti, The Schubfach way to render doubles (2020), fig. 7.
Decimal shortest_decimal(double x);

}  // namespace mathtool::data
