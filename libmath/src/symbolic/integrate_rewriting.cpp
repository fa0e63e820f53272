#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "wave_family.hpp"

namespace mathtool::math {
namespace {

Form hyperbolic_as_exponentials(const Form& f, const std::string& x) {
  return replace_where(f, [&](const Form& part) -> Form {
    if (!hyperbolic_functions.has(part) || !depends_on(part, x)) return nullptr;
    const Form& u = part->parts[0];
    const Form grows = call_of("exp", {u}), falls = call_of("exp", {-u}), two = whole_form(2);
    if (part->name == "sinh") return (grows - falls) / two;
    if (part->name == "cosh") return (grows + falls) / two;
    const Form square = call_of("exp", {two * u});
    return (square - whole_form(1)) / (square + whole_form(1));
  });
}

}  // namespace

Form by_rewriting(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const Form exponential = hyperbolic_as_exponentials(f, x);
  for (const Form& other : {expanded(f), with_common_factors(f), exponential}) {
    if (!other || other->key == f->key) continue;
    search.note("rewritten", [&] { return fmt::format("{} = {}", text_of(f), text_of(other)); });
    if (Form result = search.integrate(other, x)) return result;
  }
  return nullptr;
}

}  // namespace mathtool::math
