#include <algorithm>
#include <numeric>

#include "form_arithmetic.hpp"
#include "integration_rules.hpp"
#include "logarithmic_part.hpp"
#include "partial_fractions.hpp"

namespace mathtool::math {
namespace {

/// The greatest n with f(x) dx = g(x^n) d(x^n).
int common_exponent(const RationalFunction& f) {
  int common = 0;
  for (int k = 1; k <= f.denominator.degree(); ++k)
    if (f.denominator[k] != 0) common = std::gcd(common, k);
  for (int k = 0; k <= f.numerator.degree(); ++k)
    if (f.numerator[k] != 0) common = std::gcd(common, k + 1);
  return common;
}

/// The coefficients of x^first, x^(first + n), ...
Polynomial every(int n, int first, const Polynomial& p) {
  std::vector<Rational> coefficients;
  for (int k = first; k <= p.degree(); k += n) coefficients.push_back(p[k]);
  return coefficients;
}

Form integral_of(const PartialFraction& fraction, const Form& x) {
  const HermiteReduction reduction = hermite_reduction(fraction);
  const Form rest = logarithmic_part(reduction.left.numerator, fraction.denominator, x);
  if (!rest) return nullptr;
  std::vector<Form> terms{rest};
  for (const PartialFraction& part : reduction.integrated) terms.push_back(fraction_form(part, x));
  return sum_of(terms);
}

Form integral_of(const Polynomial& polynomial, const Form& x) {
  std::vector<Rational> coefficients{0};
  for (int k = 0; k <= polynomial.degree(); ++k) coefficients.emplace_back(polynomial[k] / (k + 1));
  return polynomial_form(coefficients, x);
}

/// What is added first, then what is subtracted.
std::string text_of_sum(std::vector<std::string> terms) {
  std::stable_partition(terms.begin(), terms.end(),
                        [](const std::string& term) { return !term.starts_with('-'); });
  std::string sum = terms.front();
  for (std::size_t i = 1; i < terms.size(); ++i)
    sum += terms[i].starts_with('-') ? " - " + terms[i].substr(1) : " + " + terms[i];
  return sum;
}

}  // namespace

Form by_partial_fractions(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto function = rational_function(f, x);
  if (!function) return nullptr;
  if (const int n = common_exponent(*function); n > 1) {
    return search.substitute(f, x, raised(symbol_form(x), n), [&](const Form& u) {
      return polynomial_form(every(n, n - 1, function->numerator), u) /
             (whole_form(n) * polynomial_form(every(n, 0, function->denominator), u));
    });
  }
  const PartialFractions parts = partial_fractions(*function);
  const Form variable = symbol_form(x);
  std::vector<Form> integrals{integral_of(parts.polynomial, variable)};
  std::vector<std::string> terms;
  if (!parts.polynomial.is_zero())
    terms.push_back(text_of(polynomial_form(parts.polynomial, variable)));
  for (const PartialFraction& part : parts.fractions) {
    integrals.push_back(integral_of(part, variable));
    if (!integrals.back()) return nullptr;
    terms.push_back(text_of(fraction_form(part, variable)));
  }
  search.note("partial fractions",
              [&] { return fmt::format("{} = {}", text_of(f), text_of_sum(terms)); });
  if (parts.fractions.empty()) return integrals[0];
  std::size_t at = 1;
  for (const PartialFraction& part : parts.fractions) {
    const Form& integral = integrals[at++];
    search.note(part.denominator.degree() == 1 ? "power rule" : "logarithm and arc tangent", [&] {
      return fmt::format("{} = {}", integral_text(fraction_form(part, variable), x),
                         text_of(integral));
    });
  }
  return sum_of(integrals);
}

}  // namespace mathtool::math
