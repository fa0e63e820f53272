#include "rational_function.hpp"

#include "form_arithmetic.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

constexpr int most_degree = 64;

std::optional<RationalFunction> reduced(const Polynomial& numerator,
                                        const Polynomial& denominator) {
  if (denominator.is_zero() || std::max(numerator.degree(), denominator.degree()) > most_degree)
    return {};
  if (denominator.degree() == 0)
    return RationalFunction{numerator * Rational(1 / denominator.leading()), Rational(1)};
  const Polynomial shared = common_divisor(numerator, denominator);
  return RationalFunction{numerator / shared, denominator / shared};
}

std::optional<RationalFunction> sum(const Form& form, const std::string& x) {
  RationalFunction made{{}, Rational(1)};
  for (const Form& part : form->parts) {
    const auto term = rational_function(part, x);
    if (!term) return {};
    const auto next =
        reduced(made.numerator * term->denominator + term->numerator * made.denominator,
                made.denominator * term->denominator);
    if (!next) return {};
    made = *next;
  }
  return made;
}

std::optional<RationalFunction> product(const Form& form, const std::string& x) {
  RationalFunction made{form->number.value, Rational(1)};
  for (const Form& part : form->parts) {
    const auto factor = rational_function(part, x);
    if (!factor) return {};
    const auto next =
        reduced(made.numerator * factor->numerator, made.denominator * factor->denominator);
    if (!next) return {};
    made = *next;
  }
  return made;
}

std::optional<RationalFunction> whole_power(const Form& form, const std::string& x) {
  const Form &base = form->parts[0], &exponent = form->parts[1];
  if (exponent->kind != Kind::number || !exponent->number.is_whole()) return {};
  const Integer size = abs(numerator(exponent->number.value));
  if (size > most_degree) return {};
  const auto factor = rational_function(base, x);
  const int times = static_cast<int>(size);
  if (!factor || factor->numerator.degree() * times > most_degree ||
      factor->denominator.degree() * times > most_degree)
    return {};
  const Polynomial over = power(factor->numerator, times);
  const Polynomial under = power(factor->denominator, times);
  return exponent->number.value > 0 ? reduced(over, under) : reduced(under, over);
}

}  // namespace

std::optional<RationalFunction> rational_function(const Form& form, const std::string& x) {
  switch (form->kind) {
    case Kind::number: return RationalFunction{form->number.value, Rational(1)};
    case Kind::symbol:
      if (form->name != x) return {};
      return RationalFunction{Polynomial::monomial(1, 1), Rational(1)};
    case Kind::sum: return sum(form, x);
    case Kind::product: return product(form, x);
    case Kind::power: return whole_power(form, x);
    default: return {};
  }
}

Form polynomial_form(const Polynomial& polynomial, const Form& x) {
  std::vector<Form> terms;
  for (int k = 0; k <= polynomial.degree(); ++k)
    terms.push_back(rational_form(polynomial[k]) * raised(x, k));
  return sum_of(terms);
}

}  // namespace mathtool::math
