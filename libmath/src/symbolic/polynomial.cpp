#include "polynomial.hpp"

#include <algorithm>
#include <utility>

namespace mathtool::math {

Polynomial::Polynomial(std::vector<Rational> coefficients)
    : coefficients_(std::move(coefficients)) {
  while (!coefficients_.empty() && coefficients_.back() == 0) coefficients_.pop_back();
}

Polynomial Polynomial::monomial(const Rational& c, int k) {
  std::vector<Rational> coefficients(static_cast<std::size_t>(k) + 1);
  coefficients.back() = c;
  return coefficients;
}

Rational Polynomial::operator[](int k) const {
  return k <= degree() ? coefficients_[static_cast<std::size_t>(k)] : Rational(0);
}

Rational Polynomial::operator()(const Rational& x) const {
  Rational value = 0;
  for (int k = degree(); k >= 0; --k) value = value * x + (*this)[k];
  return value;
}

Polynomial Polynomial::derivative() const {
  std::vector<Rational> slopes;
  for (int k = 1; k <= degree(); ++k) slopes.emplace_back(k * (*this)[k]);
  return slopes;
}

Polynomial operator+(const Polynomial& a, const Polynomial& b) {
  std::vector<Rational> sum;
  for (int k = 0; k <= std::max(a.degree(), b.degree()); ++k) sum.emplace_back(a[k] + b[k]);
  return sum;
}

Polynomial operator-(const Polynomial& a, const Polynomial& b) { return a + b * Rational(-1); }

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  if (a.is_zero() || b.is_zero()) return {};
  std::vector<Rational> product(a.coefficients_.size() + b.coefficients_.size() - 1);
  for (std::size_t i = 0; i < a.coefficients_.size(); ++i)
    for (std::size_t j = 0; j < b.coefficients_.size(); ++j)
      product[i + j] += a.coefficients_[i] * b.coefficients_[j];
  return product;
}

PolynomialDivision divide(const Polynomial& a, const Polynomial& b) {
  PolynomialDivision division{{}, a};
  while (division.remainder.degree() >= b.degree()) {
    const Polynomial& rest = division.remainder;
    const Polynomial term =
        Polynomial::monomial(rest.leading() / b.leading(), rest.degree() - b.degree());
    division = {division.quotient + term, rest - term * b};
  }
  return division;
}

Polynomial operator/(const Polynomial& a, const Polynomial& b) { return divide(a, b).quotient; }
Polynomial operator%(const Polynomial& a, const Polynomial& b) { return divide(a, b).remainder; }

Polynomial power(const Polynomial& base, int exponent) {
  Polynomial product = Rational(1);
  for (int i = 0; i < exponent; ++i) product = product * base;
  return product;
}

Polynomial primitive(const Polynomial& polynomial) {
  if (polynomial.is_zero()) return polynomial;
  Integer over = 0, under = 1;
  for (int k = 0; k <= polynomial.degree(); ++k) {
    const Rational c = polynomial[k];
    over = gcd(over, Integer(numerator(c)));
    under = lcm(under, Integer(denominator(c)));
  }
  Rational scale(under, over);
  if (polynomial.leading() < 0) scale = -scale;
  return polynomial * scale;
}

Polynomial common_divisor(Polynomial a, Polynomial b) {
  while (!b.is_zero()) {
    Polynomial rest = primitive(a % b);
    a = std::exchange(b, std::move(rest));
  }
  return primitive(a);
}

/// Euclid's algorithm, of which only one side is followed: each remainder is s_i a modulo m.
Polynomial solve_modulo(const Polynomial& a, const Polynomial& b, const Polynomial& m) {
  Polynomial last = m, rest = a % m, last_factor = {}, factor = Rational(1);
  while (rest.degree() > 0) {
    const PolynomialDivision step = divide(last, rest);
    last = std::exchange(rest, step.remainder);
    last_factor = std::exchange(factor, last_factor - step.quotient * factor);
  }
  return factor * (b * Polynomial(Rational(1 / rest.leading()))) % m;
}

}  // namespace mathtool::math
