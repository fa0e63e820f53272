#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"

namespace mathtool::math {

/// abs(u) is s u with s = sign(u), which is 1 or −1 on either side of the zero of u. The constant
/// is chosen so that the two sides meet there.
Form by_sides(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  Form u = nullptr;
  for_each_part(f, [&](const Form& part) {
    if ((is_call(part, "abs") || is_call(part, "sign")) && linear_in(part->parts[0], x))
      u = part->parts[0];
  });
  if (!u) return nullptr;
  const std::string sign = "sign";
  const Form s = symbol_form(sign);
  const Form made = replace_where(f, [&](const Form& part) -> Form {
    if (is_call(part, "sign") && part->parts[0]->key == u->key) return s;
    return is_call(part, "abs") && part->parts[0]->key == u->key ? s * u : nullptr;
  });
  search.note("each side by itself", [&] {
    return fmt::format("{} = sign * {}", text_of(call_of("abs", {u})), text_of(u));
  });
  const Form integral = search.integrate(made, x);
  if (!integral) return nullptr;
  const auto linear = linear_in(u, x);
  const Form zero = -linear->intercept / linear->slope;
  const Form meeting = integral - replaced(integral, x, zero);
  return expanded(replaced(meeting, sign, call_of("abs", {u}) / u));
}

}  // namespace mathtool::math
