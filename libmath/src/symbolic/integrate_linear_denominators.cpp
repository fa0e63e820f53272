#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"

namespace mathtool::math {

/// Over different factors a x + b with roots r, by division and the residues:
///     ∫ p/q dx = ∫ s dx + Σ p(r)/q'(r) log|a x + b|        with the whole part s
Form by_linear_denominators(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  constexpr int most_degree = 30;
  std::vector<Form> linear, over;
  for (const Form& factor : factors_of(f)) {
    const auto [base, exponent] = split_power(factor);
    const bool below = is(exponent, -1) && linear_in(base, x);
    (below ? linear : over).push_back(below ? base : factor);
  }
  const Form numerator = product_of(over);
  const auto p = coefficients_in(numerator, x, most_degree);
  const auto q = coefficients_in(product_of(linear), x, most_degree);
  if (linear.empty() || !p || !q) return nullptr;
  const Form whole = polynomial_of(divide(*p, *q).quotient, symbol_form(x));
  std::vector<Form> terms;
  for (const Form& factor : linear) {
    const auto [slope, intercept] = *linear_in(factor, x);
    std::vector<Form> others{slope};
    for (const Form& other : linear)
      if (other != factor) others.push_back(other);
    const Form root = -intercept / slope;
    const Form below = expanded(replaced(product_of(others), x, root));
    if (!below || is(below, 0)) return nullptr;
    const Form residue = replaced(numerator, x, root) / with_common_factors(below);
    terms.push_back(residue * logarithm_of_size(factor));
  }
  search.note("partial fractions", [&] {
    return fmt::format("{} = {} + {}", integral_text(f, x), integral_text(whole, x),
                       text_of(sum_of(terms)));
  });
  terms.push_back(search.integrate(whole, x));
  return terms.back() ? sum_of(terms) : nullptr;
}

}  // namespace mathtool::math
