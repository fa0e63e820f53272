#include <algorithm>
#include <utility>

#include "canonical.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

Expression operation(Operator op, std::vector<Expression> operands) {
  return Expression(Expression::Operation{op, std::move(operands)});
}

Expression product(std::vector<Expression> factors) {
  return factors.size() == 1 ? factors[0] : operation(Operator::multiply, std::move(factors));
}

Expression whole(int number) { return Expression(Expression::Number{static_cast<double>(number)}); }

/// The exponent a polynomial would show, for the order of terms.
Rational degree(const Form& form) {
  switch (form->kind) {
    case Kind::symbol: return 1;
    case Kind::power:
      return form->parts[0]->kind == Kind::symbol && form->parts[1]->kind == Kind::number
                 ? form->parts[1]->number.value
                 : Rational(0);
    case Kind::product: {
      Rational sum = 0;
      for (const Form& part : form->parts) sum += degree(part);
      return sum;
    }
    default: return 0;
  }
}

bool negative(const Form& term) {
  return (term->kind == Kind::number || term->kind == Kind::product) && term->number.value < 0;
}

Form without_sign(const Form& term) { return product_of({whole_form(-1), term}); }

/// Falling degree; a term without a minus in front if there is one.
Expression sum(const Form& form) {
  std::vector<Form> terms = form->parts;
  std::stable_sort(terms.begin(), terms.end(),
                   [](const Form& a, const Form& b) { return degree(a) > degree(b); });
  const auto front = std::find_if_not(terms.begin(), terms.end(), negative);
  if (front != terms.end()) std::rotate(terms.begin(), front, front + 1);
  std::vector<Expression> added{readable(terms[0])};
  const auto joined = [&] {
    return added.size() == 1 ? added[0] : operation(Operator::add, std::exchange(added, {}));
  };
  for (std::size_t i = 1; i < terms.size(); ++i) {
    if (negative(terms[i]))
      added = {operation(Operator::subtract, {joined(), readable(without_sign(terms[i]))})};
    else
      added.push_back(readable(terms[i]));
  }
  return joined();
}

/// Symbols before functions before sums, by name.
std::pair<int, std::string> rank(const Form& factor) {
  const Form& base = factor->kind == Kind::power ? factor->parts[0] : factor;
  switch (base->kind) {
    case Kind::number: return {0, base->key};
    case Kind::symbol: return {1, base->key};
    case Kind::call: return {2, base->key};
    default: return {3, base->key};
  }
}

/// Whether a factor is better written below the line.
bool below(const Form& factor) { return factor->kind == Kind::power && negative(factor->parts[1]); }

/// sqrt(3)/6 as 1/(2 sqrt(3)): roots of whole numbers that divide the denominator stand in it. The
/// number is what is left in front.
void move_roots_below(std::vector<Form>& factors, Coefficient& number) {
  for (Form& factor : factors) {
    if (number.decimal || factor->kind != Kind::power) continue;
    const Form &base = factor->parts[0], &exponent = factor->parts[1];
    if (base->kind != Kind::number || exponent->kind != Kind::number || below(factor)) continue;
    const Integer inside = numerator(base->number.value);
    if (!base->number.is_whole() || denominator(number.value) % inside != 0) continue;
    number.value *= Rational(inside);
    factor =
        with_key({.kind = Kind::power, .parts = {base, number_form({exponent->number.value - 1})}});
  }
}

/// The minus stands at the very front: -x * y / z.
Expression with_sign(const Expression& expression) {
  const auto* made = expression.as<Expression::Operation>();
  const bool passes_on = made && (made->op == Operator::multiply || made->op == Operator::divide);
  if (!passes_on) return operation(Operator::negate, {expression});
  std::vector<Expression> operands = made->operands;
  operands[0] = with_sign(operands[0]);
  return operation(made->op, std::move(operands));
}

Expression quotient(const Form& form) {
  if (negative(form)) return with_sign(readable(without_sign(form)));
  std::vector<Form> factors = form->kind == Kind::product ? form->parts : std::vector<Form>{form};
  std::stable_sort(factors.begin(), factors.end(),
                   [](const Form& a, const Form& b) { return rank(a) < rank(b); });
  Coefficient number = form->kind == Kind::product ? form->number : Coefficient{1};
  move_roots_below(factors, number);
  std::vector<Expression> over, under;
  const auto place = [](std::vector<Expression>& side, const Rational& value, bool decimal) {
    if (value != 1) side.push_back(to_expression({value, decimal}));
  };
  place(over, number.decimal ? number.value : Rational(numerator(number.value)), number.decimal);
  if (!number.decimal) place(under, denominator(number.value), false);
  for (const Form& factor : factors) {
    if (below(factor))
      under.push_back(readable(power_of(factor, whole_form(-1))));
    else
      over.push_back(readable(factor));
  }
  if (over.empty()) over.push_back(whole(1));
  if (under.empty()) return product(over);
  return operation(Operator::divide, {product(over), product(under)});
}

Expression power(const Form& form) {
  const Form &base = form->parts[0], &exponent = form->parts[1];
  if (below(form)) return quotient(form);
  if (exponent->kind == Kind::number && exponent->number.value == Rational(1, 2))
    return Expression(Expression::Call{"sqrt", {readable(base)}});
  return operation(Operator::power, {readable(base), readable(exponent)});
}

std::vector<Expression> readable_parts(const Form& form) {
  std::vector<Expression> parts;
  for (const Form& part : form->parts) parts.push_back(readable(part));
  return parts;
}

}  // namespace

Expression readable(const Form& form) {
  switch (form->kind) {
    case Kind::number: return to_expression(form->number);
    case Kind::symbol: return Expression(Expression::Variable{form->name});
    case Kind::sum: return sum(form);
    case Kind::product: return quotient(form);
    case Kind::power: return power(form);
    case Kind::call:
      if (form->name == "exp" && is(form->parts[0], 1))
        return Expression(Expression::Variable{"e"});
      return Expression(Expression::Call{form->name, readable_parts(form)});
    case Kind::other: break;
  }
  return with_children(form->shape, readable_parts(form));
}

}  // namespace mathtool::math
