#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "partial_fractions.hpp"
#include "quadratic_integral.hpp"
#include "sign_of_form.hpp"

namespace mathtool::math {
namespace {

Form ratio(int over, int under) { return rational_form(Rational(over, under)); }

/// q^(k + 1/2)
Form half_power(const Form& q, int k) { return power_of(q, ratio(2 * k + 1, 2)); }

struct RootOfQuadratic {
  Quadratic q;
  Form value;  ///< q as a formula
  Form x;
};

/// ∫ dx/√q: an arc sine, an area sine or a logarithm.
Form reciprocal_root_integral(const RootOfQuadratic& root) {
  const Quadratic& q = root.q;
  const Form slope = whole_form(2) * q.a * root.x + q.b;
  const Form discriminant = q.discriminant();
  const Sign sign = sign_of(discriminant);
  if (sign_of(q.a) == Sign::negative) {
    if (sign != Sign::positive) return nullptr;
    return -call_of("asin", {with_common_factors(slope / square_root(discriminant))}) /
           square_root(-q.a);
  }
  const Form width = square_root(q.a);
  if (sign == Sign::negative)
    return call_of("asinh", {with_common_factors(slope / square_root(-discriminant))}) / width;
  return logarithm_of_size(slope / (whole_form(2) * width) + half_power(root.value, 0)) / width;
}

/// ∫ (c₀ + c₁ x + ...)/√q dx = Q √q + λ ∫ dx/√q, from the highest power down: the term b xᵏ of Q
/// adds b (k xᵏ⁻¹ q + xᵏ q'/2) to the numerator.
Form polynomial_over_root(std::vector<Form> p, const RootOfQuadratic& root) {
  const Quadratic& q = root.q;
  std::vector<Form> factor;
  for (std::size_t n = p.size() - 1; n > 0; --n) {
    const int k = static_cast<int>(n) - 1;
    const Form b = p[n] / (whole_form(k + 1) * q.a);
    p[n - 1] = expanded(p[n - 1] - b * q.b * ratio(2 * k + 1, 2));
    if (k > 0) p[n - 2] = expanded(p[n - 2] - whole_form(k) * b * q.c);
    factor.push_back(b * raised(root.x, k));
  }
  const Form front = with_common_factors(sum_of(factor)) * half_power(root.value, 0);
  if (is(p[0], 0)) return front;
  const Form last = reciprocal_root_integral(root);
  return last ? front + p[0] * last : nullptr;
}

/// ∫ (c₀ + c₁ x + ...)/(q^k √q) dx. One power less is left of what q does not divide: with D = b² −
/// 4 a c
///     ∫ q'/(q^k √q) = −2/((2k−1) q^(k−1) √q)
///     ∫ 1/(q^k √q) = −2/((2k−1) D) (q'/(q^(k−1) √q) + 4 a (k−1) ∫ 1/(q^(k−1) √q))
Form polynomial_over_powers(std::vector<Form> p, int k, const RootOfQuadratic& root) {
  if (k == 0) return polynomial_over_root(std::move(p), root);
  const Quadratic& q = root.q;
  std::vector<Form> quotient;  // highest power first
  while (p.size() > 2) {
    const std::size_t n = p.size() - 1;
    const Form digit = p[n] / q.a;
    p[n - 1] = expanded(p[n - 1] - digit * q.b);
    p[n - 2] = expanded(p[n - 2] - digit * q.c);
    quotient.push_back(digit);
    p.pop_back();
  }
  std::vector<Form> lower(quotient.rbegin(), quotient.rend());
  if (lower.empty()) lower.push_back(whole_form(0));
  const Form share = p.size() > 1 ? p[1] / (whole_form(2) * q.a) : whole_form(0);
  const Form rest = expanded(p[0] - share * q.b);
  const Form front = half_power(root.value, -k);  // 1/(q^(k-1) √q)
  std::vector<Form> terms{share * ratio(-2, 2 * k - 1) * front};
  if (!is(rest, 0)) {
    const Form scale = rest * ratio(-2, 2 * k - 1) / q.discriminant();
    terms.push_back(scale * (whole_form(2) * q.a * root.x + q.b) * front);
    lower[0] = expanded(lower[0] + scale * whole_form(4 * (k - 1)) * q.a);
  }
  while (lower.size() > 1 && is(lower.back(), 0)) lower.pop_back();
  if (lower.size() > 1 || !is(lower[0], 0)) {
    const Form last = polynomial_over_powers(std::move(lower), k - 1, root);
    if (!last) return nullptr;
    terms.push_back(last);
  }
  return sum_of(terms);
}

/// ∫ dx/(s^m √q) with s = x − pole and q = a s² + b s + c:
///     m = 1   −log|(c + b s/2 + √(c q))/s|/√c, or with atan where c < 0
///     m > 1   −√q/((m−1) c s^(m−1)) − b (2m−3)/(2 c (m−1)) ∫ 1/(s^(m−1) √q) − a (m−2)/(c (m−1)) ∫
///     1/(s^(m−2) √q)
Form pole_over_root(int m, const Form& s, const Quadratic& q, const RootOfQuadratic& root) {
  if (m == 0) return reciprocal_root_integral(root);
  const Form square = half_power(root.value, 0), two = whole_form(2);
  if (is(q.c, 0)) return m == 1 ? -two * square / (q.b * s) : nullptr;
  if (m == 1) {
    const Form middle = expanded(q.c + q.b * s / two);
    if (sign_of(q.c) == Sign::negative) {
      const Form width = square_root(-q.c);
      return call_of("atan", {with_common_factors(middle / (width * square))}) / width;
    }
    const Form width = square_root(q.c);
    return -logarithm_of_size((middle + width * square) / s) / width;
  }
  const Form first = pole_over_root(m - 1, s, q, root), second = pole_over_root(m - 2, s, q, root);
  if (!first || !second) return nullptr;
  const Form scale = whole_form(m - 1) * q.c;
  return -square / (scale * raised(s, m - 1)) - q.b * ratio(2 * m - 3, 2) / scale * first -
         whole_form(m - 2) * q.a / scale * second;
}

/// The numerator over the powers of linear factors and one root of a quadratic.
Form rational_over_root(const RationalFunction& f, const RootOfQuadratic& root) {
  const PartialFractions parts = partial_fractions(f);
  const Form polynomial = polynomial_form(parts.polynomial, root.x);
  std::vector<Form> terms;
  if (!parts.polynomial.is_zero())
    terms.push_back(polynomial_over_root(*coefficients_in(polynomial, root.x->name, 64), root));
  for (const PartialFraction& part : parts.fractions) {
    if (part.denominator.degree() != 1) return nullptr;
    const Rational slope = part.denominator[1], pole = -part.denominator[0] / slope;
    const Form at = rational_form(pole), s = root.x - at;
    const Quadratic shifted{root.q.a, expanded(whole_form(2) * root.q.a * at + root.q.b),
                            expanded(root.q.a * at * at + root.q.b * at + root.q.c)};
    const Form integral = pole_over_root(part.power, s, shifted, root);
    if (!integral) return nullptr;
    terms.push_back(rational_form(part.numerator[0]) * raised(rational_form(slope), -part.power) *
                    integral);
  }
  for (const Form& term : terms)
    if (!term) return nullptr;
  return sum_of(terms);
}

}  // namespace

Form by_root_of_quadratic(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  constexpr int most_degree = 30;
  std::optional<RootOfQuadratic> root;
  int halves = 0;  // q^(halves/2)
  std::vector<Form> others;
  for (const Form& factor : factors_of(f)) {
    const auto [base, exponent] = split_power(factor);
    const bool half = exponent->kind == Canonical::Kind::number &&
                      denominator(exponent->number.value) == 2 &&
                      abs(numerator(exponent->number.value)) <= most_degree;
    const auto q = half && !root ? quadratic_in(base, x) : std::nullopt;
    if (q) {
      root = RootOfQuadratic{*q, base, symbol_form(x)};
      halves = static_cast<int>(numerator(exponent->number.value));
    } else {
      others.push_back(factor);
    }
  }
  if (!root) return nullptr;
  const Form rest =
      halves > 0 ? product_of(others) * raised(root->value, (halves + 1) / 2) : product_of(others);
  const int powers = halves > 0 ? 0 : (-halves - 1) / 2;
  Form result = nullptr;
  if (const auto p = coefficients_in(rest, x, most_degree))
    result = polynomial_over_powers(*p, powers, *root);
  else if (const auto fraction = rational_function(rest, x); fraction && powers == 0)
    result = rational_over_root(*fraction, *root);
  if (result)
    search.note("square root of a quadratic",
                [&] { return fmt::format("{} = {}", integral_text(f, x), text_of(result)); });
  return result;
}

}  // namespace mathtool::math
