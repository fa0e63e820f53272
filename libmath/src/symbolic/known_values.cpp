#include "known_values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "form_shape.hpp"
#include "plain_sign.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Form fraction(int over, int under) { return number_form({Rational(over, under)}); }

Form root_of(int number) { return power_of(whole_form(number), fraction(1, 2)); }

Form pi_times(int over, int under) {
  return product_of({fraction(over, under), symbol_form("pi")});
}

bool is_negative(const Form& form) {
  if (form->kind == Kind::sum)
    return std::all_of(form->parts.begin(), form->parts.end(), is_negative);
  return (form->kind == Kind::number || form->kind == Kind::product) && form->number.value < 0;
}

Form negated(const Form& form) { return product_of({whole_form(-1), form}); }

/// k of k π / 12, where u is such a multiple.
std::optional<int> twelfths_of_pi(const Form& u) {
  if (is(u, 0)) return 0;
  const auto [coefficient, rest] = split_coefficient(u);
  if (rest->kind != Kind::symbol || rest->name != "pi") return {};
  const Rational twelfths = coefficient.value * 12;
  if (denominator(twelfths) != 1) return {};
  const Integer turn = ((numerator(twelfths) % 24) + 24) % 24;
  return static_cast<int>(turn);
}

/// sin(k π / 12) for the angles every table has.
Form sine(int k) {
  if (k >= 12) return sine(k - 12) ? negated(sine(k - 12)) : nullptr;
  switch (std::min(k, 12 - k)) {
    case 0: return whole_form(0);
    case 2: return fraction(1, 2);
    case 3: return product_of({fraction(1, 2), root_of(2)});
    case 4: return product_of({fraction(1, 2), root_of(3)});
    case 6: return whole_form(1);
    default: return nullptr;
  }
}

Form trigonometric(const std::string& function, const Form& u) {
  const std::optional<int> angle = twelfths_of_pi(u);
  if (!angle) return nullptr;
  const Form sin = sine(*angle), cos = sine((*angle + 6) % 24);
  if (function == "sin") return sin;
  if (function == "cos") return cos;
  return sin && cos && !is(cos, 0) ? product_of({sin, power_of(cos, whole_form(-1))}) : nullptr;
}

/// asin, acos and atan of the sines and tangents of common angles.
Form angle_of(const std::string& function, const Form& u) {
  if (function == "atan") {
    if (is(u, 1)) return pi_times(1, 4);
    return u->key == root_of(3)->key ? pi_times(1, 3) : nullptr;
  }
  for (const int k : {0, 2, 3, 4, 6})
    if (sine(k)->key == u->key) return function == "asin" ? pi_times(k, 12) : pi_times(6 - k, 12);
  return nullptr;
}

/// The value at 0 of those that are 0 or 1 there.
Form at_zero(std::string_view function) {
  if (is_one_of(function,
                {"sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "abs",
                 "sign", "cbrt", "floor", "ceil", "round", "trunc", "expm1", "log1p"}))
    return whole_form(0);
  if (is_one_of(function, {"exp", "cos", "cosh", "erfc"})) return whole_form(1);
  return nullptr;
}

Form undone(const std::string& function, const Form& u) {
  if (function == "exp" && is_call(u, "log")) return u->parts[0];
  if (function == "log" && is_call(u, "exp")) return u->parts[0];
  // exp(a log(u)) is u^a
  if (function == "exp" && u->kind == Kind::product)
    for (const Form& factor : u->parts)
      if (is_call(factor, "log"))
        return power_of(factor->parts[0], product_of({u, power_of(factor, whole_form(-1))}));
  if (is_one_of(function, {"sin", "cos", "tan", "sinh", "cosh", "tanh"}) &&
      is_call(u, "a" + function))
    return u->parts[0];
  return nullptr;
}

}  // namespace

Form known_value(const std::string& function, const std::vector<Form>& arguments) {
  if (arguments.size() != 1) return nullptr;
  const Form& u = arguments[0];
  if (function == "ln") return call_of("log", arguments);
  if (function == "sqrt") return power_of(u, fraction(1, 2));
  if (is(u, 0))
    if (const Form value = at_zero(function)) return value;
  if (function == "log" && is(u, 1)) return whole_form(0);
  if (is_negative(u)) {
    if (is_one_of(function, {"cos", "cosh", "abs"})) return call_of(function, {negated(u)});
    if (is_one_of(function, {"sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf",
                             "sign", "cbrt"}))
      return negated(call_of(function, {negated(u)}));
  }
  if (function == "abs" && u->kind == Kind::number) return u;
  if (function == "abs" && (is_call(u, "abs") || is_plainly_positive(u))) return u;
  if (is_one_of(function, {"sin", "cos", "tan"}))
    if (const Form value = trigonometric(function, u)) return value;
  if (is_one_of(function, {"asin", "acos", "atan"}))
    if (const Form value = angle_of(function, u)) return value;
  return undone(function, u);
}

}  // namespace mathtool::math
