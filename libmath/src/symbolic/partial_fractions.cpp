#include "partial_fractions.hpp"

#include "form_arithmetic.hpp"
#include "polynomial_factors.hpp"

namespace mathtool::math {
namespace {

/// numerator / q^k by the digits of the numerator in base q.
void push_powers(Polynomial numerator, const PolynomialFactor& factor,
                 std::vector<PartialFraction>& fractions) {
  for (int power = factor.multiplicity; power > 0 && !numerator.is_zero(); --power) {
    const auto [quotient, digit] = divide(numerator, factor.polynomial);
    if (!digit.is_zero()) fractions.push_back({digit, factor.polynomial, power});
    numerator = quotient;
  }
}

}  // namespace

PartialFractions partial_fractions(const RationalFunction& f) {
  const auto [polynomial, numerator] = divide(f.numerator, f.denominator);
  PartialFractions result{polynomial};
  if (f.denominator.degree() == 0) return result;
  for (const PolynomialFactor& factor : irreducible_factors(f.denominator)) {
    const Polynomial own = power(factor.polynomial, factor.multiplicity);
    push_powers(solve_modulo(f.denominator / own, numerator, own), factor, result.fractions);
  }
  return result;
}

/// A/q^k with A = U q + V q' is the derivative of -V/((k-1) q^(k-1)) and (U + V'/(k-1))/q^(k-1).
HermiteReduction hermite_reduction(const PartialFraction& fraction) {
  HermiteReduction result{{}, fraction};
  const Polynomial& q = fraction.denominator;
  const Polynomial slope = q.derivative();
  while (result.left.power > 1) {
    const Polynomial& a = result.left.numerator;
    const int lower = result.left.power - 1;
    const Polynomial v = solve_modulo(slope, a, q), u = (a - v * slope) / q;
    if (!v.is_zero()) result.integrated.push_back({v * Rational(-1, lower), q, lower});
    result.left = {u + v.derivative() * Rational(1, lower), q, lower};
  }
  return result;
}

Form fraction_form(const PartialFraction& fraction, const Form& x) {
  return polynomial_form(fraction.numerator, x) *
         raised(polynomial_form(fraction.denominator, x), -fraction.power);
}

}  // namespace mathtool::math
