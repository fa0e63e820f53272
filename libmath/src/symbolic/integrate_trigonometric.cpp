#include <algorithm>
#include <map>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"
#include "rational_function.hpp"
#include "wave_family.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

// Names that no formula can have.
const std::string sine_symbol = "\x01s", cosine_symbol = "\x01c";

/// The common angle w of which every argument of the family is a whole multiple, with the formula
/// in sin w and cos w; none when it contains x otherwise.
struct InSineAndCosine {
  Form formula, angle, slope;
  bool several = false;  ///< angles
};

/// sin(k w) and cos(k w) in sin w and cos w.
std::pair<Form, Form> multiple_angle(int k, const WaveFamily& family) {
  Form sine = whole_form(0), cosine = whole_form(1);
  const Form s = symbol_form(sine_symbol), c = symbol_form(cosine_symbol);
  for (int i = 0; i < std::abs(k); ++i) {
    const Form next = sine * c + cosine * s;
    cosine = expanded(cosine * c - whole_form(family.sign) * sine * s);
    sine = expanded(next);
  }
  return {k < 0 ? -sine : sine, cosine};
}

std::optional<InSineAndCosine> in_sine_and_cosine(const Form& f, const std::string& x,
                                                  const WaveFamily& family) {
  std::vector<Form> angles;
  for_each_part(f, [&](const Form& part) {
    if (family.has(part) && depends_on(part, x)) angles.push_back(part->parts[0]);
  });
  if (angles.empty() || !linear_in(angles[0], x)) return {};
  Rational common = 0;
  for (const Form& angle : angles) {
    const Form ratio = angle->key == angles[0]->key ? whole_form(1) : angle / angles[0];
    if (ratio->kind != Kind::number) return {};
    const Rational& value = ratio->number.value;
    common = Rational(gcd(Integer(numerator(common) * denominator(value)),
                          Integer(numerator(value) * denominator(common))),
                      denominator(common) * denominator(value));
  }
  const Form angle = rational_form(common) * angles[0];
  constexpr int most_multiple = 12;
  const Form formula = replace_where(f, [&](const Form& part) -> Form {
    if (!family.has(part) || !depends_on(part, x)) return nullptr;
    const Form times = part->parts[0] / angle;
    if (times->kind != Kind::number || abs(times->number.value) > most_multiple) return nullptr;
    const auto [sine, cosine] =
        multiple_angle(static_cast<int>(numerator(times->number.value)), family);
    if (part->name == family.sine) return sine;
    return part->name == family.cosine ? cosine : sine / cosine;
  });
  if (depends_on(formula, x)) return {};
  const bool several = std::any_of(angles.begin(), angles.end(),
                                   [&](const Form& other) { return other->key != angles[0]->key; });
  return InSineAndCosine{with_common_factors(formula), angle, linear_in(angle, x)->slope, several};
}

/// Even powers of a symbol by its square.
Form with_square(const Form& form, const std::string& symbol, const Form& square) {
  return replace_where(form, [&](const Form& part) -> Form {
    const auto [base, exponent] = split_power(part);
    if (base->kind != Kind::symbol || base->name != symbol || exponent->kind != Kind::number)
      return nullptr;
    if (!exponent->number.is_whole() || numerator(exponent->number.value) % 2 != 0) return nullptr;
    return power_of(square, exponent / whole_form(2));
  });
}

bool is_polynomial(const Form& form) {
  bool polynomial = true;
  for_each_part(form, [&](const Form& part) {
    const bool whole = part->kind == Kind::power && part->parts[1]->kind == Kind::number &&
                       part->parts[1]->number.is_whole() && part->parts[1]->number.value > 0;
    if (part->kind == Kind::call || (part->kind == Kind::power && !whole)) polynomial = false;
  });
  return polynomial;
}

/// atan(tan(w)) is w, but for a constant on each branch.
Form without_branches(const Form& form, const WaveFamily& family) {
  return replace_where(form, [&](const Form& part) -> Form {
    const bool inverse = is_call(part, "a" + family.tangent);
    return inverse && is_call(part->parts[0], family.tangent) ? part->parts[0]->parts[0] : nullptr;
  });
}

/// The rules of Bioche: t is that one of cos, sin, tan whose differential the formula contains;
/// else tan(w/2) or exp(w).
Form integrate_in(const WaveFamily& family, const Form& f, const std::string& x,
                  AntiderivativeSearch& search) {
  const auto shape = in_sine_and_cosine(f, x, family);
  if (!shape || (shape->several && is_polynomial(shape->formula))) return nullptr;
  const Form &g = shape->formula, &w = shape->angle, one = whole_form(1);
  const Form s = symbol_form(sine_symbol), c = symbol_form(cosine_symbol);
  const Form sign = whole_form(family.sign);
  const auto try_with = [&](const Form& t_of_x, const std::function<Form(const Form&)>& integrand) {
    return search.substitute(f, x, t_of_x, [&](const Form& t) -> Form {
      const Form made = integrand(t);
      const bool complete =
          made && !depends_on(made, sine_symbol) && !depends_on(made, cosine_symbol);
      return complete ? made / shape->slope : nullptr;
    });
  };
  const Form by_cosine = try_with(call_of(family.cosine, {w}), [&](const Form& t) {
    const Form even = with_square(-sign * g / s, sine_symbol, sign * (one - t * t));
    return replaced(even, cosine_symbol, t);
  });
  if (by_cosine) return by_cosine;
  const Form by_sine = try_with(call_of(family.sine, {w}), [&](const Form& t) {
    return replaced(with_square(g / c, cosine_symbol, one - sign * t * t), sine_symbol, t);
  });
  if (by_sine) return by_sine;
  if (is_polynomial(g)) return nullptr;
  const Form by_tangent = try_with(call_of(family.tangent, {w}), [&](const Form& t) {
    const Form square = reciprocal(one + sign * t * t);
    return with_square(replaced(g, sine_symbol, t * c), cosine_symbol, square) * square;
  });
  if (by_tangent) return without_branches(by_tangent, family);
  const Form half = w / whole_form(2);
  const bool circular = family.sign > 0;
  const Form last = circular ? call_of("tan", {half}) : call_of("exp", {w});
  return try_with(last, [&](const Form& t) -> Form {
    const Form t2 = t * t, two = whole_form(2);
    const Form sine = circular ? two * t / (one + t2) : (t2 - one) / (two * t);
    const Form cosine = circular ? (one - t2) / (one + t2) : (t2 + one) / (two * t);
    const Form speed = circular ? two / (one + t2) : one / t;
    const Form made = replaced(replaced(g, sine_symbol, sine), cosine_symbol, cosine) * speed;
    return rational_function(made, t->name) ? made : nullptr;
  });
}

}  // namespace

Form by_trigonometric_substitution(const Form& f, const std::string& x,
                                   AntiderivativeSearch& search) {
  for (const WaveFamily& family : {circular_functions, hyperbolic_functions})
    if (Form result = integrate_in(family, f, x, search)) return result;
  return nullptr;
}

}  // namespace mathtool::math
