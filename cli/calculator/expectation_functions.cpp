// Functions of a random variable: expectation(x^2, x, normal(0, 1)), probability(x^2 > 2, x, D).

#include <cmath>

#include "cli/calculator/distribution_functions.hpp"
#include "cli/calculator/formula_functions.hpp"
#include "mathtool/stats/expectation.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using stats::AnyDistribution;

/// E g(X), as part of the answer.
double mean_of(Calculator& calculator, const AnyDistribution& d,
               FunctionRef<double(double)> function) {
  const auto stoppable = [&](double x) {
    calculator.stop().check();
    return function(x);
  };
  return calculator.use(stats::expectation(d, stoppable));
}

/// expectation(f, x, D)
Value expectation(Calculator& calculator, const std::vector<Expression>& arguments,
                  const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  return mean_of(calculator, distribution_of(calculator, arguments[2], scope), f);
}

/// probability(condition, x, D)
Value probability(Calculator& calculator, const std::vector<Expression>& arguments,
                  const Scope& scope) {
  const BoundFormula holds = function_of(calculator, arguments[0], arguments[1], scope);
  const auto indicator = [&](double x) {
    const double value = holds(x);
    return value != 0 && !std::isnan(value) ? 1.0 : 0.0;
  };
  return mean_of(calculator, distribution_of(calculator, arguments[2], scope), indicator);
}

/// variance(f, x, D), as E (f - E f)^2.
Value variance(Calculator& calculator, const std::vector<Expression>& arguments,
               const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const AnyDistribution d = distribution_of(calculator, arguments[2], scope);
  const double mean = mean_of(calculator, d, f);
  const auto square = [&](double x) { return (f(x) - mean) * (f(x) - mean); };
  return mean_of(calculator, d, square);
}

}  // namespace

void add_expectation_functions(FormulaFunctions& functions) {
  functions["expectation"] = {3, 3, expectation};
  functions["probability"] = {3, 3, probability};
  const FormulaFunction of_distribution = functions.at("variance");
  functions["variance"] = {
      1, 3,
      [of_distribution](Calculator& calculator, const std::vector<Expression>& arguments,
                        const Scope& scope) {
        if (arguments.size() == 1) return of_distribution.apply(calculator, arguments, scope);
        require(arguments.size() == 3, "variance takes a distribution, or (f, x, distribution)");
        return variance(calculator, arguments, scope);
      }};
}

}  // namespace mathtool::cli
