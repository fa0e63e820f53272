#include "cli/calculator/polynomial_coefficients.hpp"

#include <algorithm>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

using math::DoubleDouble;
using math::Expression;

/// number / divisor, exact where the number is.
Value quotient(const Value& number, const Integer& divisor) {
  if (const auto* exact = number.as<Rational>()) return Rational(*exact / divisor);
  return real_number(number, "roots: a coefficient") / nearest(Rational(divisor));
}

bool is_zero(const Value& number) {
  const auto* exact = number.as<Rational>();
  return exact ? exact->is_zero() : real_number(number, "roots: a coefficient") == 0;
}

/// By the derivatives at 0.
std::vector<Value> of_formula(Calculator& calculator, const Expression& formula,
                              const std::string& x) {
  constexpr int highest = 200;
  std::vector<Value> rising;
  Expression slope = math::simplify(formula);
  Integer factorial = 1;
  for (int k = 0;; ++k) {
    require(k <= highest,
            "roots: {} is no polynomial in {} of degree up to {}; solve(f, x, a, b) takes other "
            "functions",
            to_string(formula), x, highest);
    if (k > 0) factorial *= k;
    const Expression at_zero = substitute(slope, x, Expression(Expression::Number{0}));
    rising.push_back(quotient(calculator.evaluate(at_zero, {}), factorial));
    if (!contains(slope, x)) break;
    slope = differentiated(slope, x).value;
    calculator.stop().check();
  }
  while (rising.size() > 1 && is_zero(rising.back())) rising.pop_back();
  std::reverse(rising.begin(), rising.end());
  return rising;
}

/// The entries of a vector written out, each as exact as it is; of any other vector, its doubles.
std::vector<Value> of_vector(Calculator& calculator, const Expression& vector, const Scope& scope) {
  std::vector<Value> entries;
  const auto* written = vector.as<Expression::Matrix>();
  if (written && (written->rows.size() == 1 || written->rows[0].size() == 1)) {
    for (const auto& row : written->rows)
      for (const Expression& entry : row) entries.push_back(calculator.evaluate(entry, scope));
    if (std::all_of(entries.begin(), entries.end(), [](const Value& v) { return v.is_number(); }))
      return entries;
    entries.clear();
  }
  for (const double number :
       real_vector(calculator.evaluate(vector, scope), "roots: the coefficients"))
    entries.emplace_back(number);
  return entries;
}

DoubleDouble doubled(const Rational& number) {
  const double high = nearest(number);
  if (!std::isfinite(high)) return {high, 0.0};
  return {high, nearest(number - Rational(high))};
}

}  // namespace

std::vector<DoubleDouble> polynomial_coefficients(Calculator& calculator,
                                                  const std::vector<Expression>& given,
                                                  const Scope& scope) {
  const Expression formula = difference(given[0]);
  const std::vector<std::string> names =
      given.size() > 1 ? std::vector<std::string>{variable_name(given[1], "roots")}
                       : calculator.unknown_names(formula, scope);
  require(names.size() <= 1, "roots: a polynomial in one variable, not {}", names.size());
  const std::vector<Value> values =
      names.empty() ? of_vector(calculator, formula, scope)
                    : of_formula(calculator, calculator.close(formula, scope, names), names[0]);

  const bool exact = std::all_of(values.begin(), values.end(),
                                 [](const Value& value) { return value.is<Rational>(); });
  Integer denominator = 1;
  if (exact)
    for (const Value& value : values)
      denominator =
          lcm(denominator, Integer(boost::multiprecision::denominator(*value.as<Rational>())));
  std::vector<DoubleDouble> coefficients;
  for (const Value& value : values)
    coefficients.push_back(exact ? doubled(*value.as<Rational>() * denominator)
                                 : DoubleDouble{real_number(value, "roots: a coefficient"), 0.0});
  return coefficients;
}

}  // namespace mathtool::cli
