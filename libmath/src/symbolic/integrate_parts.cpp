#include <algorithm>
#include <array>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

/// Functions whose derivatives are simpler than they are.
bool is_better_differentiated(const Form& form) {
  constexpr std::array<std::string_view, 14> names = {"log",  "log2", "log10", "log1p", "asin",
                                                      "acos", "atan", "asinh", "acosh", "atanh",
                                                      "erf",  "erfc", "abs",   "lgamma"};
  return form->kind == Kind::call &&
         std::find(names.begin(), names.end(), form->name) != names.end();
}

/// exp, a power with x in the exponent, or a wave, of a linear argument.
bool is_integrated_again_and_again(const Form& form, const std::string& x) {
  if (form->kind == Kind::power)
    return !depends_on(form->parts[0], x) && linear_in(form->parts[1], x).has_value();
  constexpr std::array<std::string_view, 5> names = {"exp", "sin", "cos", "sinh", "cosh"};
  return form->kind == Kind::call &&
         std::find(names.begin(), names.end(), form->name) != names.end() &&
         linear_in(form->parts[0], x).has_value();
}

void note_parts(const Form& u, const Form& v_slope, const Form& v, const Form& u_slope,
                const std::string& x, AntiderivativeSearch& search) {
  search.note("by parts", [&] {
    return fmt::format("u = {}, dv = {} d{}: {} = {} - {}", to_string(readable(u)),
                       text_of(v_slope), x, integral_text(u * v_slope, x), text_of(u * v),
                       integral_text(u_slope * v, x));
  });
}

/// ∫ p g = p G₁ − p' G₂ + p'' G₃ − ..., where each G is an integral of the one before.
Form repeated_parts(Form p, Form g, const std::string& x, AntiderivativeSearch& search) {
  std::vector<Form> terms;
  while (!is(p, 0)) {
    const Form integral = search.integrate(g, x), slope = search.derivative(p, x);
    if (!integral || !slope) return nullptr;
    note_parts(p, g, integral, slope, x, search);
    terms.push_back(p * integral);
    p = -slope;
    g = integral;
  }
  return sum_of(terms);
}

Form parts_with(const Form& u, const Form& rest, const std::string& x,
                AntiderivativeSearch& search) {
  const Form v = search.integrate(rest, x), slope = search.derivative(u, x);
  if (!v || !slope) return nullptr;
  note_parts(u, rest, v, slope, x, search);
  const Form left = with_common_factors(v * slope);
  constexpr std::size_t growth = 3, allowance = 120;  // more, and parts lead nowhere
  if (left->key.size() > growth * (u * rest)->key.size() + allowance) return nullptr;
  const Form integral = search.integrate(left, x);
  return integral ? u * v - integral : nullptr;
}

/// A product as what is a polynomial in x, what can be integrated again and again, and other
/// factors.
struct Sorted {
  std::vector<Form> polynomial = {}, again = {}, other = {};
};
Sorted sorted_factors(const Form& f, const std::string& x) {
  constexpr int most_degree = 60;
  Sorted sorted;
  for (const Form& factor : factors_of(f)) {
    if (coefficients_in(factor, x, most_degree))
      sorted.polynomial.push_back(factor);
    else
      (is_integrated_again_and_again(factor, x) ? sorted.again : sorted.other).push_back(factor);
  }
  return sorted;
}

/// Powers of log, atan and the like.
bool is_differentiated_away(const Form& factor) {
  const auto [base, exponent] = split_power(factor);
  return is_better_differentiated(base) && exponent->kind == Kind::number &&
         exponent->number.is_whole() && exponent->number.value > 0;
}

}  // namespace

Form by_polynomial_parts(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto [polynomial, again, other] = sorted_factors(f, x);
  if (!polynomial.empty() && !again.empty() && other.empty())
    return repeated_parts(product_of(polynomial), product_of(again), x, search);
  const bool one = again.empty() && other.size() == 1 && is_differentiated_away(other[0]);
  return one ? parts_with(other[0], product_of(polynomial), x, search) : nullptr;
}

Form by_parts(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto [polynomial, again, other] = sorted_factors(f, x);
  for (const Form& factor : other)
    if (is_differentiated_away(factor))
      if (Form result = parts_with(factor, f / factor, x, search)) return result;
  if (polynomial.empty() || other.empty()) return nullptr;
  const Form u = product_of(polynomial);
  return parts_with(u, f / u, x, search);
}

}  // namespace mathtool::math
