#include "logarithmic_part.hpp"

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "polynomial_factors.hpp"
#include "quadratic_integral.hpp"
#include "rational_function.hpp"
#include "surd.hpp"

namespace mathtool::math {
namespace {

/// x^2 + b x + c and its conjugate, the product of which is a quartic.
struct SurdFactor {
  Surd b, c;
};

/// Ferrari's resolvent: for each rational root y the quartic is (x² + p₃/2 x + y/2)² − (m x + n)².
/// The split whose factors have a rational discriminant is the one without roots of roots.
/// Pre: monic, irreducible over the rational numbers.
std::optional<SurdFactor> split_quartic(const Polynomial& quartic) {
  const Rational p0 = quartic[0], p1 = quartic[1], p2 = quartic[2], p3 = quartic[3];
  const Polynomial resolvent(
      std::vector<Rational>{4 * p0 * p2 - p1 * p1 - p0 * p3 * p3, p1 * p3 - 4 * p0, -p2, 1});
  std::optional<SurdFactor> best;
  for (const PolynomialFactor& factor : irreducible_factors(resolvent)) {
    if (factor.polynomial.degree() != 1) continue;
    const Rational y = -factor.polynomial[0] / factor.polynomial[1];
    const Rational a = p3 / 2, b = y / 2;
    const Rational m_squared = a * a + y - p2, n_squared = b * b - p0;
    if (m_squared < 0 || n_squared < 0) continue;
    const Rational d = m_squared > 0 ? m_squared : n_squared;
    const SurdFactor split = m_squared == 0
                                 ? SurdFactor{{a, 0, d}, {b, -1, d}}
                                 : SurdFactor{{a, -1, d}, {b, -(2 * a * b - p1) / (2 * d), d}};
    const Surd discriminant = split.b * split.b - Surd{4, 0, d} * split.c;
    if (!best || discriminant.q == 0) best = split;
  }
  return best;
}

/// Of the two conjugate partial fractions the one over `factor`: the numerator A x + B is that of
/// the whole divided by the other factor, modulo this one.
struct SurdNumerator {
  Surd slope, intercept;
};
SurdNumerator numerator_over(const SurdFactor& factor, const Polynomial& numerator) {
  const Surd &b = factor.b, &c = factor.c;
  const Rational& d = b.d;
  // u x + v, reduced by x² = −b x − c from the highest power down
  Surd u{0, 0, d}, v{0, 0, d};
  for (int k = numerator.degree(); k >= 0; --k) {
    const Surd slope = v - u * b, intercept = Surd{numerator[k], 0, d} - u * c;
    u = slope;
    v = intercept;
  }
  // the other factor is (b' − b) x + (c' − c) modulo this one
  const Surd other_slope = b.conjugate() - b, other = c.conjugate() - c;
  if (other_slope.p == 0 && other_slope.q == 0) return {u / other, v / other};
  // 1/(x + s) = −(x + b − s)/(s² − b s + c) modulo x² + b x + c
  const Surd s = other / other_slope, at_s = s * s - b * s + c;
  const Surd scale = Surd{-1, 0, d} / (at_s * other_slope), t = b - s;
  return {(u * t + v - u * b) * scale, (v * t - u * c) * scale};
}

Form over_quartic(const Polynomial& numerator, const Polynomial& denominator, const Form& x) {
  const Rational leading = denominator.leading();
  const auto factor = split_quartic(denominator * Rational(1 / leading));
  if (!factor) return nullptr;
  const SurdNumerator above = numerator_over(*factor, numerator * Rational(1 / leading));
  const auto half = [&](auto&& side) {
    const Quadratic q{whole_form(1), side(factor->b).form(), side(factor->c).form()};
    return integral_over_quadratic(side(above.slope).form(), side(above.intercept).form(), q, x);
  };
  const Form first = half([](const Surd& surd) { return surd; });
  const Form second = half([](const Surd& surd) { return surd.conjugate(); });
  return first && second ? first + second : nullptr;
}

/// ∫ x^m/(a x^n + b) by the roots ρ e^(iθ) of the denominator, each real one or pair a term:
///     w log(x − ρ)     Re w · log(x² − 2 ρ cos θ x + ρ²) − 2 Im w · atan((x − ρ cos θ)/(ρ sin θ))
/// with w = r^(m+1)/(−n b).
Form over_binomial(const Polynomial& numerator, const Polynomial& denominator, const Form& x) {
  const int n = denominator.degree();
  const Rational b = denominator[0], ratio = -b / denominator.leading();
  const Form size = power_of(rational_form(abs(ratio)), rational_form(Rational(1, n)));
  const Form turn = symbol_form("pi") / whole_form(n);
  std::vector<Form> terms;
  for (int m = 0; m <= numerator.degree(); ++m) {
    const Form front = rational_form(numerator[m] / (-n * b)) * raised(size, m + 1);
    for (int k = ratio > 0 ? 0 : 1; k <= n; k += 2) {
      const auto cosine = [&](int times) { return call_of("cos", {whole_form(times) * turn}); };
      const auto sine = [&](int times) { return call_of("sin", {whole_form(times) * turn}); };
      const Form real = size * cosine(k), imaginary = size * sine(k);
      if (k == 0 || k == n) {
        terms.push_back(front * cosine(k * (m + 1)) * logarithm_of_size(x - real));
        continue;
      }
      const Form square = x * x - whole_form(2) * real * x + size * size;
      terms.push_back(front * cosine(k * (m + 1)) * call_of("log", {square}));
      terms.push_back(whole_form(-2) * front * sine(k * (m + 1)) *
                      call_of("atan", {with_common_factors((x - real) / imaginary)}));
    }
  }
  return sum_of(terms);
}

bool is_binomial(const Polynomial& polynomial) {
  return polynomial == Polynomial::monomial(polynomial.leading(), polynomial.degree()) +
                           Polynomial(polynomial[0]);
}

}  // namespace

Form logarithmic_part(const Polynomial& numerator, const Polynomial& denominator, const Form& x) {
  if (numerator.is_zero()) return whole_form(0);
  const Rational share = numerator.leading() / (denominator.degree() * denominator.leading());
  if (numerator == denominator.derivative() * share)
    return rational_form(share) * logarithm_of_size(polynomial_form(denominator, x));
  if (denominator.degree() == 2)
    return integral_over_quadratic(rational_form(numerator[1]), rational_form(numerator[0]),
                                   {rational_form(denominator[2]), rational_form(denominator[1]),
                                    rational_form(denominator[0])},
                                   x);
  if (denominator.degree() == 4)
    if (const Form result = over_quartic(numerator, denominator, x)) return result;
  constexpr int most_roots = 16;
  if (denominator.degree() > most_roots || !is_binomial(denominator)) return nullptr;
  return over_binomial(numerator, denominator, x);
}

}  // namespace mathtool::math
