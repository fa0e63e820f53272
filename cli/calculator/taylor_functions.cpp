#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/precise_formula.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/calculus/extrema.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

Expression product(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::multiply, {std::move(a), std::move(b)}});
}
Expression power(Expression a, int n) {
  return Expression(Expression::Operation{
      Operator::power, {std::move(a), Expression(Expression::Number{static_cast<double>(n)})}});
}
Expression quotient(Expression a, double b) {
  return Expression(
      Expression::Operation{Operator::divide, {std::move(a), Expression(Expression::Number{b})}});
}
Expression variable(const std::string& name) { return Expression(Expression::Variable{name}); }

double factorial(int n) { return std::tgamma(n + 1.0); }

/// The terms of order k of the polynomial: every mixed derivative of that order, at the point.
void add_terms(Calculator& calculator, const Expression& f, std::span<const std::string> names,
               std::span<const Expression> point, int order, const Expression& factor,
               std::vector<Expression>& terms) {
  const Expression step(Expression::Operation{Operator::subtract, {variable(names[0]), point[0]}});
  Expression slope = f;
  for (int k = 0; k <= order; ++k) {
    calculator.stop().check();
    const Expression left =
        k == 0 ? factor : product(factor, quotient(power(step, k), factorial(k)));
    if (names.size() == 1) {
      if (k == order)
        terms.push_back(product(math::simplify(substitute(slope, names[0], point[0])), left));
    } else {
      add_terms(calculator, math::simplify(substitute(slope, names[0], point[0])), names.subspan(1),
                point.subspan(1), order - k, left, terms);
    }
    if (k < order) slope = derivative(calculator, slope, names[0], 1);
  }
}

/// The terms as they come, which is by rising powers, without those that are 0.
Expression series(const std::vector<Expression>& terms) {
  std::vector<Expression> added;
  const auto joined = [&added] {
    return added.size() == 1
               ? added[0]
               : Expression(Expression::Operation{Operator::add, std::exchange(added, {})});
  };
  for (const Expression& written : terms) {
    const Expression term = math::simplify(written);
    if (const auto* number = term.as<Expression::Number>(); number && number->value == 0) continue;
    if (added.empty() || !to_string(term).starts_with('-')) {
      added.push_back(term);
      continue;
    }
    const Expression opposite =
        math::simplify(Expression(Expression::Operation{Operator::negate, {term}}));
    added = {Expression(Expression::Operation{Operator::subtract, {joined(), opposite}})};
  }
  return added.empty() ? Expression(Expression::Number{0}) : joined();
}

Expression taylor_polynomial(Calculator& calculator, const Expression& f,
                             const std::vector<std::string>& names,
                             const std::vector<Expression>& point, int degree) {
  require<DimensionError>(point.size() == names.size(),
                          "taylor: {} variables, but a point of {} numbers", names.size(),
                          point.size());
  require(0 <= degree && degree <= 20, "taylor: the degree must be 0 to 20, got {}", degree);
  std::vector<Expression> terms;
  const Expression one(Expression::Number{1});
  for (int k = 0; k <= degree; ++k) add_terms(calculator, f, names, point, k, one, terms);
  return series(terms);
}

int degree_argument(Calculator& calculator, const Expression& argument, const Scope& scope) {
  return static_cast<int>(whole_number(calculator.evaluate(argument, scope), "taylor: the degree"));
}

/// Where |f| between a and b is above `highest`, its largest extremum: beside a pole. NaN if
/// nowhere.
double higher_place(const BoundFormula& f, double a, double b, double highest) {
  constexpr int samples = 5000;
  for (int i = 0; i <= samples; ++i) {
    const double x = a + (b - a) * i / samples, size = std::abs(f(x));
    if (!(size <= highest * (1 + 1e-9) + 1e-300)) return x;
  }
  return not_a_number;
}

/// Lagrange's bound: max |f^(n+1)| / (n+1)! |b - a|^(n+1) between a and b.
double remainder_bound(Calculator& calculator, const Expression& f, const std::string& x, double a,
                       double b, int degree) {
  const Expression next = derivative(calculator, f, x, degree + 1);
  const BoundFormula slope(calculator, next, {x});
  const math::Extrema found =
      math::extrema([&](double at) { return std::abs(slope(at)); }, std::min(a, b), std::max(a, b),
                    {.stop = calculator.stop()});
  math::Estimate bound{.value = 0.0,
                       .error = 0.0,
                       .evaluations = found.evaluations,
                       .status = found.status,
                       .reason = found.reason};
  for (const math::Extremum& point : found.points) bound.value = std::max(bound.value, point.value);
  if (const double pole = higher_place(slope, a, b, bound.value); !std::isnan(pole)) {
    bound.value = infinity;
    bound.status = Status::not_finite;
    bound.reason =
        fmt::format("derivative {} is not bounded near {} = {:.6g}", degree + 1, x, pole);
  }
  bound.value *= std::pow(std::abs(b - a), degree + 1) / factorial(degree + 1);
  return calculator.use(bound);
}

/// Whether f − P shrinks faster than hⁿ where h is halved, on both sides of a: it does not where f
/// has no value, or fewer than n derivatives, at a. What rounded coefficients hide is let pass.
bool touches(const BoundFormula& f, const BoundFormula& polynomial, double a, int degree) {
  if (!std::isfinite(f(a)) || !std::isfinite(polynomial(a))) return false;
  const PreciseFormula *exact = f.precise(), *other = polynomial.precise();
  if (!exact || !other) return true;
  constexpr double h = 0x1p-10, faster = 1.1, rounding = 1e-12;
  for (const double side : {-h, h}) {
    const auto gap = [&](double step) {
      const math::HundredDigits x = math::HundredDigits(a) + step;
      return std::abs(static_cast<double>((*exact)(x) - (*other)(x)));
    };
    const double far = gap(side), near = gap(side / 2);
    if (!std::isfinite(far) || !std::isfinite(near)) return false;
    if (far > rounding * std::max(1.0, std::abs(f(a))) &&
        !(near * std::ldexp(faster, degree) < far))
      return false;
  }
  return true;
}

/// taylor(f, x, a, n), taylor(f, [x, y], [a, b], n); taylor(f, x, a, n, b) also bounds the
/// remainder between a and b.
Value taylor(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const std::vector<std::string> names = variable_names(arguments[1], "taylor");
  const bool symbols = arguments.size() < 5;
  const Expression f = closed_symbolic(calculator, arguments[0], scope, names, symbols);
  const Expression point = closed_symbolic(calculator, arguments[2], scope, {}, symbols);
  const int degree = degree_argument(calculator, arguments[3], scope);
  const Expression polynomial = taylor_polynomial(calculator, f, names, entries(point), degree);
  if (names.size() == 1 && calculator.unknown_names(f, {}) == names &&
      calculator.unknown_names(point, {}).empty()) {
    const double a = real_argument(calculator, arguments[2], scope, "taylor: a");
    if (!touches(BoundFormula(calculator, f, names), BoundFormula(calculator, polynomial, names), a,
                 degree))
      throw NotEstablished(
          Status::not_finite,
          fmt::format("taylor: {} has no polynomial of degree {} at {} = {}: a value or "
                      "a derivative is missing there",
                      to_string(f), degree, names[0], a));
  }
  if (arguments.size() < 5) return polynomial;
  require(names.size() == 1, "taylor: the remainder is bounded in one variable");
  const double a = real_argument(calculator, arguments[2], scope, "taylor: a");
  const double b = real_argument(calculator, arguments[4], scope, "taylor: b");
  require(a != b && std::isfinite(b), "taylor: the end of the interval must be another number");
  return List{{polynomial, remainder_bound(calculator, f, names[0], a, b, degree)},
              {"polynomial", "remainder"}};
}

Expression inline_taylor(Calculator& calculator, const std::vector<Expression>& arguments) {
  return taylor_polynomial(calculator, arguments[0], variable_names(arguments[1], "taylor"),
                           entries(arguments[2]), degree_argument(calculator, arguments[3], {}));
}

}  // namespace

void add_taylor_functions(FormulaFunctions& functions) {
  functions["taylor"] = {4, 5, taylor, inline_taylor};
}

}  // namespace mathtool::cli
