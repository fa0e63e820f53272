#include "antiderivative_search.hpp"

#include <algorithm>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// Each makes a formula shorter or ends it; they apply whenever they can.
constexpr IntegrationRule direct_rules[] = {by_linearity, by_power_rule, by_table};

/// In the order in which a person would try them; those that decide quickly come first.
constexpr IntegrationRule searching_rules[] = {by_sides,
                                               by_partial_fractions,
                                               by_linear_denominators,
                                               by_quadratic_denominator,
                                               by_exponential_ansatz,
                                               by_exponential_times_wave,
                                               by_trigonometric_substitution,
                                               by_sums_of_angles,
                                               by_root_of_quadratic,
                                               by_rationalising,
                                               by_polynomial_parts,
                                               by_substitution,
                                               by_parts,
                                               by_root_substitution,
                                               by_exponential_substitution,
                                               by_rewriting};

constexpr int most_depth = 7, most_trials = 40;
constexpr std::size_t most_characters = 2000;  // of a key, for rules that take derivatives

}  // namespace

Form AntiderivativeSearch::integrate(const Form& f, const std::string& x) {
  stop_.check();
  const std::string key = x + " " + f->key;
  if (!closed_.insert(key).second) return nullptr;
  Form result = first_that_applies(f, x);
  if (result) closed_.erase(key);
  return result;
}

Form AntiderivativeSearch::first_that_applies(const Form& f, const std::string& x) {
  const auto attempt = [&](IntegrationRule rule) {
    const std::size_t told = steps_.size();
    Form result = rule(f, x, *this);
    if (!result) steps_.resize(told);
    return result;
  };
  for (const IntegrationRule rule : direct_rules)
    if (Form result = attempt(rule)) return result;
  if (depth_ == most_depth || f->key.size() > most_characters) return nullptr;
  ++depth_;
  Form result = nullptr;
  for (const IntegrationRule rule : searching_rules) {
    if (result || ++trials_ > most_trials * static_cast<int>(std::size(searching_rules))) break;
    result = attempt(rule);
  }
  --depth_;
  return result;
}

Form AntiderivativeSearch::derivative(const Form& f, const std::string& x) const {
  try {
    const Form slope = canonical(differentiate(readable(f), x, functions_).value);
    return replace_where(slope, [](const Form& part) -> Form {
      if (!is_call(part, "sign")) return nullptr;
      return part->parts[0] / call_of("abs", part->parts);
    });
  } catch (const DomainError&) { return nullptr; }
}

Form AntiderivativeSearch::substitute(const Form& f, const std::string& x, const Form& u,
                                      const std::function<Form(const Form& variable)>& g) {
  const std::string name = new_variable();
  const Form variable = symbol_form(name), integrand = g(variable);
  if (!integrand || depends_on(integrand, x)) return nullptr;
  names_.push_back(name);
  note("substitution", [&] {
    const Form slope = derivative(u, x);
    return fmt::format("{} = {}, d{} = {} d{}: {} = {}", name, to_string(readable(u)), name,
                       slope ? text_of(slope) : "...", x, integral_text(f, x),
                       integral_text(integrand, name));
  });
  const Form result = integrate(integrand, name);
  names_.pop_back();
  return result ? replaced(result, name, u) : nullptr;
}

std::string AntiderivativeSearch::new_variable() const {
  const auto taken = [&](const std::string& name) {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  };
  for (const char* name : {"u", "v", "w", "t", "s", "p", "q", "r"})
    if (!taken(name)) return name;
  int number = 1;
  while (taken(fmt::format("u{}", number))) ++number;
  return fmt::format("u{}", number);
}

std::string text_of(const Form& form) {
  const std::string text = to_string(readable(form));
  return form->kind == Canonical::Kind::sum ? "(" + text + ")" : text;
}

std::string integral_text(const Form& f, const std::string& x) {
  return is(f, 1) ? fmt::format("∫ d{}", x) : fmt::format("∫ {} d{}", text_of(f), x);
}

}  // namespace mathtool::math
