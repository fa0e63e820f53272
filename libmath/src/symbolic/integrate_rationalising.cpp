#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "rational_function.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

/// (a x + b)/(c x + d)
struct Moebius {
  Form a, b, c, d;
};
std::optional<Moebius> moebius_in(const Form& form, const std::string& x) {
  std::vector<Form> over, under;
  for (const Form& factor : factors_of(form)) {
    const auto [base, exponent] = split_power(factor);
    (is(exponent, -1) ? under : over).push_back(is(exponent, -1) ? base : factor);
  }
  auto above = coefficients_in(product_of(over), x, 1);
  auto below = coefficients_in(product_of(under), x, 1);
  if (!above || !below) return {};
  above->resize(2, whole_form(0));
  below->resize(2, whole_form(0));
  return Moebius{(*above)[1], (*above)[0], (*below)[1], (*below)[0]};
}

/// A base that stands under roots, with the degree of which all of them are divisors.
struct Radical {
  Form base;
  Integer degree = 1;
};

Radical radical_in(const Form& f, const std::string& x) {
  Radical radical;
  for_each_part(f, [&](const Form& part) {
    if (!depends_on(part, x)) return;
    const bool cube = is_call(part, "cbrt");
    const bool root = part->kind == Kind::power && part->parts[1]->kind == Kind::number &&
                      !part->parts[1]->number.is_whole();
    if (!cube && !root) return;
    if (!radical.base) radical.base = part->parts[0];
    if (radical.base->key != part->parts[0]->key) return;
    radical.degree =
        lcm(radical.degree, cube ? Integer(3) : Integer(denominator(part->parts[1]->number.value)));
  });
  return radical;
}

/// t = base^(1/n), if `wanted` accepts what the formula becomes.
Form with_root_as_variable(const Form& f, const std::string& x, AntiderivativeSearch& search,
                           const std::function<bool(const Form&, const std::string&)>& wanted) {
  const Radical radical = radical_in(f, x);
  constexpr int most_degree = 12;
  if (!radical.base || radical.degree > most_degree) return nullptr;
  const auto moebius = moebius_in(radical.base, x);
  if (!moebius) return nullptr;
  const Form degree = rational_form(Rational(radical.degree));
  bool cube = false;
  for_each_part(f, [&](const Form& part) { cube = cube || is_call(part, "cbrt"); });
  const Form t_of_x = cube && radical.degree == 3 ? call_of("cbrt", {radical.base})
                                                  : power_of(radical.base, reciprocal(degree));
  return search.substitute(f, x, t_of_x, [&](const Form& t) -> Form {
    const Form power = power_of(t, degree);
    const auto& [a, b, c, d] = *moebius;
    const Form inverse = (d * power - b) / (a - c * power);
    const Form speed = search.derivative(inverse, t->name);
    if (!speed) return nullptr;
    const Form made = replace_where(f, [&](const Form& part) -> Form {
      if (is_call(part, "cbrt") && part->parts[0]->key == radical.base->key)
        return power_of(t, degree / whole_form(3));
      const auto [base, exponent] = split_power(part);
      const bool of_base = base->key == radical.base->key && exponent->kind == Kind::number;
      return of_base ? power_of(t, degree * exponent) : nullptr;
    });
    const Form integrand = replaced(made, x, inverse) * speed;
    return wanted(integrand, t->name) ? integrand : nullptr;
  });
}

}  // namespace

Form by_rationalising(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  return with_root_as_variable(f, x, search, [](const Form& integrand, const std::string& t) {
    return rational_function(integrand, t).has_value();
  });
}

Form by_root_substitution(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  return with_root_as_variable(f, x, search, [](const Form&, const std::string&) { return true; });
}

}  // namespace mathtool::math
