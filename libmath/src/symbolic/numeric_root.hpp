#pragma once

#include <optional>

#include "mathtool/math/exact.hpp"

namespace mathtool::math {

/// base^exponent in its one shape outside · inside^exponent: sqrt(12) is 2 sqrt(3), 1/sqrt(2) is
/// sqrt(2)/2, 4^(1/4) is sqrt(2).
struct NumericRoot {
  Rational outside;
  Integer inside;     ///< without divisors that are powers of the root's degree, as far as seen
  Rational exponent;  ///< between 0 and 1
};

/// Pre: base > 0; the exponent is not whole. None where the numbers become long.
std::optional<NumericRoot> numeric_root(const Rational& base, const Rational& exponent);

}  // namespace mathtool::math
