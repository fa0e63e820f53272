#include "decimals.hpp"

#include <algorithm>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"

namespace mathtool::math {
namespace {

bool is_short_decimal(const Rational& value) {
  constexpr int most_places = 12;
  const Integer scale = pow(Integer(10), most_places);
  const Rational scaled = value * Rational(scale);
  return denominator(value) != 1 && denominator(scaled) == 1 && abs(value) < 1000;
}

Form decimal(const Rational& value) { return number_form({value, is_short_decimal(value)}); }

}  // namespace

bool has_decimals(const Expression& expression) {
  if (const auto* number = expression.as<Expression::Number>()) {
    const auto value = coefficient(*number);
    return value && value->decimal;
  }
  const std::vector<Expression> parts = children(expression);
  return std::any_of(parts.begin(), parts.end(), has_decimals);
}

Expression with_exact_numbers(const Expression& expression) {
  if (const auto* number = expression.as<Expression::Number>()) {
    const auto value = coefficient(*number);
    return value ? to_expression({value->value}) : expression;
  }
  std::vector<Expression> parts = children(expression);
  for (Expression& part : parts) part = with_exact_numbers(part);
  return with_children(expression, std::move(parts));
}

Form with_decimals(const Form& form) {
  return replace_where(form, [](const Form& part) -> Form {
    if (part->kind == Canonical::Kind::number) return decimal(part->number.value);
    const auto [number, rest] = split_coefficient(part);
    return is_short_decimal(number.value) ? decimal(number.value) * with_decimals(rest) : nullptr;
  });
}

}  // namespace mathtool::math
