#include <algorithm>
#include <map>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

/// What u could be in f = g(u) u': arguments, functions, bases, exponents and powers, the shortest
/// first.
std::vector<Form> candidates(const Form& f, const std::string& x) {
  std::map<std::string, Form> found;
  const auto add = [&](const Form& part) {
    if (part->kind != Kind::symbol && depends_on(part, x) && part->key != f->key)
      found[part->key] = part;
  };
  for_each_part(f, [&](const Form& part) {
    if (part->kind != Kind::power && part->kind != Kind::call) return;
    add(part);
    for (const Form& inner : part->parts) add(inner);
  });
  std::vector<Form> shortest_first;
  for (const auto& [key, part] : found) shortest_first.push_back(part);
  std::stable_sort(shortest_first.begin(), shortest_first.end(),
                   [](const Form& a, const Form& b) { return a->key.size() < b->key.size(); });
  return shortest_first;
}

/// n where `power` is kernel^n; none where it is not. exp(3 x) is exp(x)^3.
std::optional<Form> exponent_over(const Form& power, const Form& kernel) {
  const auto [base, exponent] = split_power(power);
  const auto [kernel_base, kernel_exponent] = split_power(kernel);
  if (base->key != kernel_base->key) return {};
  const Form ratio = exponent / kernel_exponent;
  return ratio->kind == Kind::number && ratio->number.is_whole() ? std::optional(ratio)
                                                                 : std::nullopt;
}

/// The formula with every power of `kernel` as that of `value`.
Form with_powers_of(const Form& f, const Form& kernel, const Form& value) {
  return replace_where(f, [&](const Form& part) -> Form {
    const auto exponent = exponent_over(part, kernel);
    return exponent ? power_of(value, *exponent) : nullptr;
  });
}

/// u = a·kernel + b, with one term that contains x.
struct Kernel {
  Form kernel, a, b;
};
std::optional<Kernel> kernel_of(const Form& u, const std::string& x) {
  std::vector<Form> constant;
  Form varying = nullptr;
  for (const Form& term : u->kind == Kind::sum ? u->parts : std::vector<Form>{u}) {
    if (!depends_on(term, x)) {
      constant.push_back(term);
      continue;
    }
    if (varying) return {};
    varying = term;
  }
  const auto [a, kernel] = separated(varying, x);
  return Kernel{kernel, a, sum_of(constant)};
}

/// Whether it is base^(1/n), so that the base is a whole power of it.
bool is_root(const Form& form) {
  return form->kind == Kind::power && form->parts[1]->kind == Kind::number &&
         numerator(form->parts[1]->number.value) == 1;
}

/// The formula in t = u(x), as far as x can be replaced: u itself, its powers, and what of it
/// contains x when the rest does not.
Form in_terms_of(const Form& f, const Form& u, const Form& t, const std::string& x) {
  const Form made = with_powers_of(f, u, t);
  if (!depends_on(made, x)) return made;
  const auto [base, exponent] = split_power(u);
  const bool root = is_root(u);
  const auto inner = kernel_of(root ? base : u, x);
  if (!inner) return made;
  const Form value = root ? power_of(t, reciprocal(exponent)) : t;
  return with_powers_of(made, inner->kernel, (value - inner->b) / inner->a);
}

}  // namespace

Form by_substitution(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  constexpr std::size_t most_candidates = 24;
  std::vector<Form> tried = candidates(f, x);
  if (tried.size() > most_candidates) tried.resize(most_candidates);
  const Form factored = with_common_factors(f);
  for (const Form& u : tried) {
    const Form slope = search.derivative(u, x);
    if (!slope || is(slope, 0)) continue;
    const Form quotient = with_common_factors(factored / with_common_factors(slope));
    const Form result =
        search.substitute(f, x, u, [&](const Form& t) { return in_terms_of(quotient, u, t, x); });
    if (result) return result;
  }
  return nullptr;
}

Form by_exponential_substitution(const Form& f, const std::string& x,
                                 AntiderivativeSearch& search) {
  Form logarithm = nullptr;
  for_each_part(f, [&](const Form& part) {
    if (is_call(part, "log") && depends_on(part, x)) logarithm = part;
  });
  const auto linear = logarithm ? linear_in(logarithm->parts[0], x) : std::nullopt;
  if (!linear) return nullptr;
  return search.substitute(f, x, logarithm, [&](const Form& t) {
    const Form power = call_of("exp", {t});
    const Form inverse = (power - linear->intercept) / linear->slope;
    const Form made = replace_where(f, [&](const Form& part) -> Form {
      if (part->key == logarithm->key) return t;
      return part->key == logarithm->parts[0]->key ? power : nullptr;
    });
    return replaced(made, x, inverse) * power / linear->slope;
  });
}

}  // namespace mathtool::math
