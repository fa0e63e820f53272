#include "quadratic_integral.hpp"

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "numeric_root.hpp"
#include "sign_of_form.hpp"

namespace mathtool::math {
namespace {

/// √u with the square part of the number in front taken out: √(5/8 − √5/8) is √(2 (5 − √5))/4.
Form root_of_sum(const Form& u) {
  const auto [number, rest] = split_coefficient(with_common_factors(expanded(u)));
  const auto root =
      number.value > 0 && !is(rest, 1) ? numeric_root(number.value, Rational(1, 2)) : std::nullopt;
  if (!root) return square_root(u);
  return rational_form(root->outside) * square_root(rational_form(Rational(root->inside)) * rest);
}

/// ∫ dx/q. With h = q'/2 = a x + b/2 and D = b²/4 − a c:
///     D < 0   atan(h/√−D)/√−D        D > 0   log|(h − √D)/(h + √D)|/(2 √D)
Form reciprocal_integral(const Quadratic& q, const Form& x) {
  const Form two = whole_form(2), h = q.a * x + q.b / two;
  const Form quarter = q.discriminant() / whole_form(4);
  switch (sign_of(quarter)) {
    case Sign::negative: {
      const Form root = root_of_sum(-quarter);
      return call_of("atan", {with_common_factors(h / root)}) / root;
    }
    case Sign::positive: {
      const Form root = root_of_sum(quarter);
      return (logarithm_of_size(h - root) - logarithm_of_size(h + root)) / (two * root);
    }
    default: return nullptr;
  }
}

/// p/q with a quadratic q.
struct OverQuadratic {
  std::vector<Form> p, q;
};
std::optional<OverQuadratic> over_quadratic(const Form& f, const std::string& x) {
  constexpr int most_degree = 30;
  std::vector<Form> denominator, numerator;
  for (const Form& factor : factors_of(f)) {
    const auto [base, exponent] = split_power(factor);
    const bool below = is(exponent, -1) && depends_on(base, x);
    (below ? denominator : numerator).push_back(below ? base : factor);
  }
  const auto p = coefficients_in(product_of(numerator), x, most_degree);
  const auto q = coefficients_in(product_of(denominator), x, 2);
  if (!p || !q || q->size() != 3) return {};
  return OverQuadratic{*p, *q};
}

}  // namespace

Form Quadratic::discriminant() const { return expanded(b * b - whole_form(4) * a * c); }

std::optional<Quadratic> quadratic_in(const Form& form, const std::string& x) {
  const auto coefficients = coefficients_in(form, x, 2);
  if (!coefficients || coefficients->size() < 3 || is((*coefficients)[2], 0)) return {};
  return Quadratic{(*coefficients)[2], (*coefficients)[1], (*coefficients)[0]};
}

/// A x + B = (A/2a) q' + (B − A b/2a).
Form integral_over_quadratic(const Form& slope, const Form& intercept, const Quadratic& q,
                             const Form& x) {
  const Form share = expanded(slope / (whole_form(2) * q.a));
  const Form rest = expanded(intercept - share * q.b);
  const Form arc = is(rest, 0) ? whole_form(0) : reciprocal_integral(q, x);
  if (!arc) return nullptr;
  const Form value = q.a * x * x + q.b * x + q.c;
  const bool no_zero =
      sign_of(q.discriminant()) == Sign::negative && sign_of(q.a) == Sign::positive;
  const Form logarithm = no_zero ? call_of("log", {value}) : logarithm_of_size(value);
  return share * logarithm + rest * arc;
}

Form by_quadratic_denominator(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto shape = over_quadratic(f, x);
  if (!shape) return nullptr;
  auto [quotient, remainder] = divide(shape->p, shape->q);
  remainder.resize(2, whole_form(0));
  const Form variable = symbol_form(x), whole = polynomial_of(quotient, variable);
  const Quadratic q{shape->q[2], shape->q[1], shape->q[0]};
  const Form last = integral_over_quadratic(remainder[1], remainder[0], q, variable);
  if (!last) return nullptr;
  search.note("quadratic denominator", [&] {
    return fmt::format("{} = {} + {}", integral_text(f, x), integral_text(whole, x), text_of(last));
  });
  const Form first = search.integrate(whole, x);
  return first ? first + last : nullptr;
}

}  // namespace mathtool::math
