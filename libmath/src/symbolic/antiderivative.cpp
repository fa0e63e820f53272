#include "mathtool/math/symbolic/antiderivative.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "antiderivative_search.hpp"
#include "decimals.hpp"
#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "mathtool/math/error.hpp"
#include "verify_antiderivative.hpp"

namespace mathtool::math {
namespace {

/// abs(u)/u and u/abs(u) as sign(u).
Form with_signs(const Form& form) {
  return replace_where(form, [](const Form& part) -> Form {
    if (part->kind != Canonical::Kind::product) return nullptr;
    for (const Form& factor : part->parts) {
      const auto [base, exponent] = split_power(factor);
      const int times = is(exponent, 1) ? 1 : is(exponent, -1) ? -1 : 0;
      if (times == 0 || !is_call(base, "abs")) continue;
      const Form other = raised(base->parts[0], -times);
      for (const Form& partner : part->parts)
        if (partner->key == other->key)
          return with_signs(part / (factor * partner)) * call_of("sign", base->parts);
    }
    return nullptr;
  });
}

/// Whether it stands for one number, such as sqrt(pi)/2.
bool is_number(const Form& form) {
  if (form->kind == Canonical::Kind::symbol) return form->name == "pi";
  return std::all_of(form->parts.begin(), form->parts.end(), is_number);
}

/// Numbers in front of a sum go to its terms; terms without x are left out.
Form presentable(const Form& form, const std::string& x) {
  std::vector<Form> terms;
  const std::function<void(const Form&, const Form&)> push = [&](const Form& term,
                                                                 const Form& front) {
    if (term->kind == Canonical::Kind::sum) {
      for (const Form& part : term->parts) push(part, front);
      return;
    }
    const auto [constant, rest] = separated(term, x);
    if (rest->kind == Canonical::Kind::sum && is_number(constant))
      push(rest, constant * front);
    else if (depends_on(rest, x))
      terms.push_back(term * front);
  };
  push(with_signs(form), whole_form(1));
  return sum_of(terms);
}

/// The formula that is shown for what the search found; none: nothing found.
std::optional<Expression> searched(AntiderivativeSearch& search, const Expression& f,
                                   const std::string& x) {
  const Form result = search.integrate(canonical(with_exact_numbers(f)), x);
  if (!result) return {};
  const Form shown = presentable(result, x);
  return readable(has_decimals(f) ? with_decimals(shown) : shown);
}

}  // namespace

Antiderivative antiderivative(const Expression& f, std::string_view x,
                              const FunctionTable& functions,
                              const AntiderivativeOptions& options) {
  const std::string name(x);
  std::vector<std::string> names = variables(f);
  names.push_back(name);
  AntiderivativeSearch search(functions, std::move(names), options.explain, options.stop);
  Antiderivative result;
  try {
    result.value = searched(search, f, name);
    if (result.value && !differentiates_back(*result.value, f, name, functions)) {
      result.value = {};
      result.reason = fmt::format(
          "a formula was found for the antiderivative of {}, but its derivative could not be "
          "verified",
          to_string(f));
      return result;
    }
  } catch (const DomainError&) {}  // on the way a formula became deeper than expressions may be
  if (result.value)
    result.steps = search.take_steps();
  else
    result.reason = fmt::format(
        "no antiderivative of {} found by tables, substitution, parts, partial fractions and "
        "reduction; it may have no elementary one",
        to_string(f));
  return result;
}

}  // namespace mathtool::math
