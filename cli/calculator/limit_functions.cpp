#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/arithmetic.hpp"
#include "cli/calculator/exact_arithmetic.hpp"
#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/precise_formula.hpp"
#include "mathtool/math/calculus/infinitesimal.hpp"
#include "mathtool/math/calculus/limit.hpp"
#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/calculus/sequence_limit.hpp"
#include "mathtool/math/calculus/series.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::HundredDigits;
using math::LimitEstimate;
using math::Operator;
using math::Verdict;

/// An established verdict is an answer, whatever it says.
Value verdict(Calculator& calculator, const LimitEstimate& limit) {
  switch (limit.verdict) {
    case Verdict::plus_infinity: return std::numeric_limits<double>::infinity();
    case Verdict::minus_infinity: return -std::numeric_limits<double>::infinity();
    case Verdict::does_not_exist:
      if (!limit.reason.empty()) calculator.note(limit.reason);
      return std::string(to_string(limit.verdict));
    default: return calculator.use(limit);
  }
}

HundredDigits precise_point(Calculator& calculator, const Expression& point, const Scope& scope,
                            double nearest) {
  if (!std::isfinite(nearest)) return nearest;
  try {
    const Expression closed = calculator.close(point, scope, {});
    return math::ScalarProgram<HundredDigits>(closed, {})({});
  } catch (const DomainError&) { return nearest; }
}

/// A sum or an iteration inside costs as many steps as it has terms.
bool has_loop(const Expression& formula) {
  if (const auto* call = formula.as<Expression::Call>())
    if (formula_functions().count(call->function) > 0) return true;
  for (const Expression& part : children(formula))
    if (has_loop(part)) return true;
  return false;
}

bool has_factorial(const Expression& formula) {
  if (const auto* operation = formula.as<Expression::Operation>())
    if (operation->op == Operator::factorial) return true;
  if (const auto* call = formula.as<Expression::Call>())
    if (call->function == "gamma" || call->function == "factorial" || call->function == "choose")
      return true;
  for (const Expression& part : children(formula))
    if (has_factorial(part)) return true;
  return false;
}

/// Numbers of steps that can be afforded and represented.
double largest_index(const Expression& formula) {
  if (has_loop(formula)) return 0x1p12;
  return has_factorial(formula) ? 0x1p24 : 0x1p60;
}

Value limit_of_sequence(Calculator& calculator, const BoundFormula& a) {
  const math::SequenceOptions options{.largest_index = largest_index(a.formula()),
                                      .stop = calculator.stop()};
  if (const PreciseFormula* precise = a.precise())
    return verdict(calculator, math::sequence_limit(math::PreciseFunction(*precise), options));
  return verdict(calculator, math::sequence_limit(a, options));
}

std::string word(const Expression& argument) {
  const auto* name = argument.as<Expression::Variable>();
  return name ? name->name : "";
}

Value limit(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const double point = real_argument(calculator, arguments[2], scope, "limit: the point");
  const std::string side = arguments.size() > 3 ? word(arguments[3]) : "";
  require(arguments.size() < 4 || side == "left" || side == "right" || side == "sequence",
          "limit: the fourth argument is left, right or sequence");
  if (side == "sequence") {
    require(point > 0 && std::isinf(point), "limit: a sequence goes to inf");
    return limit_of_sequence(calculator, f);
  }
  const math::LimitOptions options{.side = side == "left"    ? math::Side::left
                                           : side == "right" ? math::Side::right
                                                             : math::Side::both,
                                   .stop = calculator.stop()};
  const PreciseFormula* precise = f.precise();
  const math::Limit result =
      precise ? math::limit(math::PreciseFunction(*precise),
                            precise_point(calculator, arguments[2], scope, point), options)
              : math::limit(f, point, options);
  return verdict(calculator, result);
}

/// iterate(g, x, x0): the limit of x, g(x), g(g(x)), ...; iterate(g, x, x0, n): the n-th.
Value iterate(Calculator& calculator, const std::vector<Expression>& arguments,
              const Scope& scope) {
  const std::string x = variable_name(arguments[1], "iterate");
  if (arguments.size() > 3) {
    const long long n = whole_number(calculator.evaluate(arguments[3], scope), "iterate: n");
    require(0 <= n && n <= 10'000'000, "iterate: n must be 0 to 10,000,000, got {}", n);
    Scope inner = scope;
    Value value = calculator.evaluate(arguments[2], scope);
    for (long long k = 0; k < n; ++k) {
      if (const auto* exact = value.as<Rational>(); exact && bits(*exact) > 4096)
        value = real_number(value, "iterate");
      inner.insert_or_assign(x, value);
      value = calculator.evaluate(arguments[0], inner);
      if (const auto* number = value.as<double>(); number && !std::isfinite(*number))
        throw NotEstablished(Status::not_finite,
                             fmt::format("iterate: no finite value after {} steps", k + 1));
    }
    return value;
  }
  const BoundFormula g = function_of(calculator, arguments[0], arguments[1], scope);
  const double start = real_argument(calculator, arguments[2], scope, "iterate: the start");
  const math::RecurrenceOptions options{.stop = calculator.stop()};
  const auto step = [&](double at, double) { return g(at); };
  if (const PreciseFormula* precise = g.precise()) {
    const auto fifty = [&](const math::FiftyDigits& at, const math::FiftyDigits&) {
      return (*precise)(at);
    };
    const auto hundred = [&](const HundredDigits& at, const HundredDigits&) {
      return (*precise)(at);
    };
    const HundredDigits from = precise_point(calculator, arguments[2], scope, start);
    return verdict(calculator, math::recurrence_limit({fifty, hundred}, from, options));
  }
  return verdict(calculator, math::recurrence_limit(step, start, options));
}

/// Term after term, while exact numbers stay short; empty where they do not.
std::optional<Value> exact_fold(Calculator& calculator, Operator op,
                                const std::vector<Expression>& arguments, const Scope& scope,
                                double first, double last) {
  constexpr double most_terms = 100'000;
  constexpr unsigned most_bits = 20'000, most_bits_of_fractions = 2'000;
  const std::string k = variable_name(arguments[1], "sum");
  if (last - first > most_terms) return {};
  Scope inner = scope;
  Value value = Rational(op == Operator::add ? 0 : 1);
  for (double at = first; at <= last; ++at) {
    inner.insert_or_assign(k, Rational(static_cast<long long>(at)));
    value = calculate(op, value, calculator.evaluate(arguments[0], inner));
    const auto* exact = value.as<Rational>();
    if (value.is<double>()) return {};
    if (exact && bits(*exact) > (denominator(*exact) == 1 ? most_bits : most_bits_of_fractions))
      return {};
  }
  return value;
}

Value fold(Calculator& calculator, Operator op, const std::vector<Expression>& arguments,
           const Scope& scope) {
  const std::string name = op == Operator::add ? "sum" : "product";
  const double first = real_argument(calculator, arguments[2], scope, name + ": the first index");
  const double last = real_argument(calculator, arguments[3], scope, name + ": the last index");
  require(first == std::floor(first) && last == std::floor(last) && std::abs(first) <= 0x1p53,
          "{}: indices must be whole numbers", name);
  if (std::isfinite(last))
    if (auto value = exact_fold(calculator, op, arguments, scope, first, last)) return *value;
  const BoundFormula term = function_of(calculator, arguments[0], arguments[1], scope);
  if (std::isfinite(last))
    return calculator.use(op == Operator::add
                              ? math::finite_sum(term, first, last, calculator.stop())
                              : math::finite_product(term, first, last, calculator.stop()));
  math::SeriesOptions options{.largest_index = largest_index(term.formula()),
                              .stop = calculator.stop()};
  if (contains(term.formula(), variable_name(arguments[1], name)) && !has_loop(term.formula()))
    options.quick = [&term](double k) { return term(k); };
  const PreciseFormula* precise = term.precise();
  if (op == Operator::add)
    return verdict(calculator,
                   precise ? math::infinite_sum(math::PreciseFunction(*precise), first, options)
                           : math::infinite_sum(term, first, options));
  return verdict(calculator,
                 precise ? math::infinite_product(math::PreciseFunction(*precise), first, options)
                         : math::infinite_product(term, first, options));
}

/// sum(f, k, a, b), or the sum of the entries of one vector.
Value sum(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  require(arguments.size() == 1 || arguments.size() == 4, "sum takes f, k, a, b, or one vector");
  if (arguments.size() == 1)
    return real_matrix(calculator.evaluate(arguments[0], scope), "sum").sum();
  return fold(calculator, Operator::add, arguments, scope);
}

Value product(Calculator& calculator, const std::vector<Expression>& arguments,
              const Scope& scope) {
  return fold(calculator, Operator::multiply, arguments, scope);
}

/// order(f, x, a[, left|right]): p and C of f ~ C (x - a)^p.
Value order(Calculator& calculator, const std::vector<Expression>& arguments, const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const double point = real_argument(calculator, arguments[2], scope, "order: the point");
  const std::string side = arguments.size() > 3 ? word(arguments[3]) : "right";
  require(side == "left" || side == "right", "order: the fourth argument is left or right");
  const math::LimitOptions options{.side = std::isinf(point) ? math::Side::both
                                           : side == "left"  ? math::Side::left
                                                             : math::Side::right,
                                   .stop = calculator.stop()};
  const PreciseFormula* precise = f.precise();
  const math::PowerLaw law =
      precise ? math::infinitesimal_order(math::PreciseFunction(*precise),
                                          precise_point(calculator, arguments[2], scope, point),
                                          options)
              : math::infinitesimal_order(f, point, options);
  return List{{verdict(calculator, law.order), verdict(calculator, law.coefficient)},
              {"order", "coefficient"}};
}

}  // namespace

void add_limit_functions(FormulaFunctions& functions) {
  functions["limit"] = {3, 4, limit};
  functions["iterate"] = {3, 4, iterate};
  functions["sum"] = {1, 4, sum};
  functions["product"] = {4, 4, product};
  functions["order"] = {3, 4, order};
}

}  // namespace mathtool::cli
