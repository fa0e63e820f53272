#pragma once

#include <optional>

#include "mathtool/math/exact.hpp"
#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

/// The number in front of a term: exact, and whether decimals took part in it, which then show in
/// what is written: 0.1 · 3 is 0.3, but 3/10 · 1 is 3/10.
struct Coefficient {
  Rational value = 0;
  bool decimal = false;

  bool is(int whole) const { return value == whole; }
  bool is_whole() const { return denominator(value) == 1; }
};

Coefficient operator+(const Coefficient& a, const Coefficient& b);
Coefficient operator*(const Coefficient& a, const Coefficient& b);

/// base^exponent where it is rational and its digits are few enough to be of use.
std::optional<Coefficient> power(const Coefficient& base, const Coefficient& exponent);

/// None of infinity and NaN.
std::optional<Coefficient> coefficient(const Expression::Number& number);

/// The number as it is written: 3, -2/7, 0.25.
Expression to_expression(const Coefficient& coefficient);

}  // namespace mathtool::math
