// The verbs of distributions: cdf(normal(0, 1), x), mean(gamma(2, 1)), sample(poisson(4), 10).

#include "cli/calculator/distribution_functions.hpp"

#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/bound_formula.hpp"
#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/refusal.hpp"
#include "cli/calculator/statistic_functions.hpp"
#include "cli/distribution/distribution_formula.hpp"
#include "cli/distribution/numeric_verbs.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using stats::AnyDistribution;
using Operand = DistributionVerb::Operand;

/// Verbs that numbers have, too.
bool takes_numbers(const std::string& verb) {
  return verb == "mean" || verb == "sd" || verb == "median";
}

DistributionFormula formula_of(const Expression& argument) {
  try {
    return DistributionFormula(argument);
  } catch (const math::FormulaError&) { throw; } catch (const DomainError& error) {
    refuse(argument, error.what());
  }
}

/// Throws: NotEstablished for NaN, with the reason.
double established(double value, const std::string& what, const AnyDistribution& d) {
  if (std::isnan(value))
    throw NotEstablished(Status::not_finite,
                         fmt::format("{} of {} does not exist", what, d.text()));
  return value;
}

double number_at(const DistributionVerb& verb, const AnyDistribution& d, double x) {
  const double value = std::get<double>(apply_verb(verb, d, x));
  return established(value, fmt::format("the {} at {}", verb.name, x), d);
}

Value pair_of(const stats::Interval& interval) {
  return row_of(Eigen::Vector2d(interval.low, interval.high));
}

/// At a number, or at each entry of a matrix.
Value at_numbers(const DistributionVerb& verb, const AnyDistribution& d, const Value& x) {
  const std::string name = fmt::format("{}: the argument", verb.name);
  if (!x.is_matrix() && !x.is<List>()) return number_at(verb, d, real_number(x, name));
  Mat values = real_matrix(x, name);
  for (double& value : values.reshaped()) value = number_at(verb, d, value);
  return values;
}

Value of_distribution(const DistributionVerb& verb, Calculator& calculator,
                      const std::vector<Expression>& arguments, const Scope& scope) {
  const AnyDistribution d = distribution_of(calculator, arguments[0], scope);
  if (verb.operand == Operand::none) {
    const VerbValue value = verb.apply(d, 0);
    if (const auto* interval = std::get_if<stats::Interval>(&value)) return pair_of(*interval);
    return established(std::get<double>(value), fmt::format("the {}", verb.name), d);
  }
  const Value x = calculator.evaluate(arguments[1], scope);
  if (x.is<Expression>()) {
    const auto closed = [&](const Expression& part) { return calculator.close(part, scope, {}); };
    return Expression(Expression::Call{
        std::string(verb.name), {closed_distribution(arguments[0], closed), to_expression(x)}});
  }
  if (verb.operand == Operand::level)
    return pair_of(std::get<stats::Interval>(
        apply_verb(verb, d, real_number(x, fmt::format("{}: the level", verb.name)))));
  return at_numbers(verb, d, x);
}

Value apply(const DistributionVerb& verb, Calculator& calculator,
            const std::vector<Expression>& arguments, const Scope& scope) {
  const std::string name(verb.name);
  const auto* variable = arguments[0].as<Expression::Variable>();
  const bool known = variable && calculator.knows(variable->name, scope);
  if (takes_numbers(name) && !means_distribution(calculator, name, arguments[0], known))
    return statistic_of(name, calculator.evaluate(arguments[0], scope));
  if (name == "variance" && !names_distribution(arguments[0]) &&
      !arguments[0].as<Expression::Call>())
    refuse(arguments[0], "variance is that of a distribution; of numbers write var(...)");
  return of_distribution(verb, calculator, arguments, scope);
}

/// sample(D, n)
Value sample(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const AnyDistribution d = distribution_of(calculator, arguments[0], scope);
  const long long n = whole_number(calculator.evaluate(arguments[1], scope), "sample: the count");
  require(n >= 1, "sample: the count must be at least 1, got {}", n);
  calculator.require_room(1, static_cast<double>(n));
  math::Philox random = calculator.next_stream();
  Mat draws(1, n);
  for (Index i = 0; i < n; ++i) {
    if (i % 4096 == 0) calculator.stop().check();
    draws(0, i) = stats::sample(d, random);
  }
  return draws;
}

}  // namespace

std::optional<std::size_t> distribution_place(const std::string& function, std::size_t arguments) {
  const bool of_function = function == "expectation" || function == "probability" ||
                           (function == "variance" && arguments > 1);
  if (of_function) return 2;
  if (function == "sample" || distribution_verb(function)) return 0;
  return {};
}

bool means_distribution(const Calculator& calculator, const std::string& function,
                        const Expression& argument, bool known) {
  if (!takes_numbers(function)) return true;
  if (known || !names_distribution(argument)) return false;
  const auto* call = argument.as<Expression::Call>();
  return !call || !calculator.defines_function(call->function);
}

AnyDistribution distribution_of(Calculator& calculator, const Expression& argument,
                                const Scope& scope) {
  return formula_of(argument).distribution([&](const Expression& parameter) {
    const Vec values = real_vector(calculator.evaluate(parameter, scope), to_string(parameter));
    return std::vector<double>(values.begin(), values.end());
  });
}

Expression closed_distribution(const Expression& argument,
                               FunctionRef<Expression(const Expression& parameter)> closed) {
  return formula_of(argument).with(closed).expression();
}

void add_distribution_functions(FormulaFunctions& functions) {
  for (const DistributionVerb& verb : distribution_verbs()) {
    const int count = verb.operand == Operand::none ? 1 : 2;
    functions[std::string(verb.name)] = {
        count, count,
        [&verb](Calculator& calculator, const std::vector<Expression>& arguments,
                const Scope& scope) { return apply(verb, calculator, arguments, scope); }};
  }
  functions["sample"] = {2, 2, sample};
}

}  // namespace mathtool::cli
