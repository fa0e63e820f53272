#pragma once

#include <vector>

#include "mathtool/math/exact.hpp"

namespace mathtool::math {

/// A polynomial with exact rational coefficients, the constant one first, without leading zeros.
class Polynomial {
 public:
  Polynomial() = default;  ///< 0
  Polynomial(std::vector<Rational> coefficients);
  Polynomial(const Rational& constant) : Polynomial(std::vector<Rational>{constant}) {}
  /// c x^k
  static Polynomial monomial(const Rational& c, int k);

  int degree() const { return static_cast<int>(coefficients_.size()) - 1; }  ///< -1 of 0
  bool is_zero() const { return coefficients_.empty(); }
  /// The coefficient of x^k, 0 beyond the degree.
  Rational operator[](int k) const;
  /// Pre: not 0.
  const Rational& leading() const { return coefficients_.back(); }

  Rational operator()(const Rational& x) const;
  Polynomial derivative() const;

  bool operator==(const Polynomial&) const = default;

  friend Polynomial operator+(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator-(const Polynomial& a, const Polynomial& b);
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);

 private:
  std::vector<Rational> coefficients_ = {};
};

struct PolynomialDivision {
  Polynomial quotient, remainder;
};

/// a = quotient · b + remainder. Pre: b is not 0.
PolynomialDivision divide(const Polynomial& a, const Polynomial& b);
Polynomial operator/(const Polynomial& a, const Polynomial& b);
Polynomial operator%(const Polynomial& a, const Polynomial& b);

Polynomial power(const Polynomial& base, int exponent);

/// The greatest common divisor, with whole coefficients that have none in common, the leading one
/// positive. Pre: not both 0.
Polynomial common_divisor(Polynomial a, Polynomial b);

/// The multiple with whole coefficients that have no divisor in common, the leading one positive.
Polynomial primitive(const Polynomial& polynomial);

/// The polynomial u of degree below that of m with u a = b modulo m.
/// Pre: a and m have no divisor in common; m is not constant.
Polynomial solve_modulo(const Polynomial& a, const Polynomial& b, const Polynomial& m);

}  // namespace mathtool::math
