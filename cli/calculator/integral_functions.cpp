#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/calculator/formula_functions.hpp"
#include "cli/distribution/numeric_verbs.hpp"
#include "mathtool/math/calculus/cubature.hpp"
#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/calculus/iterated_integral.hpp"
#include "mathtool/math/calculus/mean_value.hpp"
#include "mathtool/math/calculus/principal_value.hpp"
#include "mathtool/math/calculus/quasi_monte_carlo.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

/// One variable of an integral and its limits.
struct Range {
  std::string name;
  Expression low, high;
};

std::vector<Range> ranges(const std::vector<Expression>& arguments) {
  require(arguments.size() % 3 == 1,
          "integrate takes a formula, and for each variable its name and two limits");
  std::vector<Range> found;
  for (std::size_t i = 1; i < arguments.size(); i += 3)
    found.push_back({variable_name(arguments[i], "integrate"), arguments[i + 1], arguments[i + 2]});
  return found;
}

bool depends(const Range& range, const Range& other) {
  return contains(range.low, other.name) || contains(range.high, other.name);
}

/// From the outermost to the innermost: limits may use what stands further out.
std::vector<Range> from_outside(std::vector<Range> given) {
  std::vector<Range> ordered;
  while (!given.empty()) {
    const auto free = std::find_if(given.begin(), given.end(), [&](const Range& range) {
      return std::none_of(given.begin(), given.end(),
                          [&](const Range& other) { return depends(range, other); });
    });
    require(free != given.end(), "integrate: the limits depend on one another");
    ordered.push_back(*free);
    given.erase(free);
  }
  return ordered;
}

/// Of two answers the established one; of two such the sharper one.
const math::Estimate& better(const math::Estimate& a, const math::Estimate& b) {
  const bool a_holds = a.status == Status::converged, b_holds = b.status == Status::converged;
  if (a_holds != b_holds) return a_holds ? a : b;
  return b.error < a.error ? b : a;
}

Value one_dimension(Calculator& calculator, const std::vector<Expression>& arguments,
                    const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const double a = real_argument(calculator, arguments[2], scope, "integrate: the lower limit");
  const double b = real_argument(calculator, arguments[3], scope, "integrate: the upper limit");
  const auto scanned = [&](int scan) {
    return math::integrate(f, a, b,
                           {.max_evaluations = 1'000'000,
                            .scan = scan,
                            .zero_scan = 20 * scan,
                            .stop = calculator.stop()});
  };
  const math::Integral usual = scanned(168);
  const bool inside_another = !scope.empty();
  if (usual.status == Status::divergent || inside_another) return calculator.use(usual);
  // A hundredth of a second more finds what is a millionth of the range wide; with a density or a
  // quantile, which cost a thousand times as much, what is a ten-thousandth.
  const math::Integral fine = scanned(has_verb_of_distribution(f.formula()) ? 4'000 : 200'000);
  const bool agree = std::abs(usual.value - fine.value) <= usual.error + fine.error;
  return calculator.use(fine.status == Status::converged && !agree ? fine : better(usual, fine));
}

/// Over a box of two or three dimensions, one variable inside the other: slow, but at home with
/// jumps, bends and singular corners.
math::Estimate iterated(const BoundFormula& f, const std::vector<double>& low,
                        const std::vector<double>& high, const math::IteratedOptions& options) {
  const auto constant = [](double value) { return [value](auto...) { return value; }; };
  if (low.size() == 2)
    return math::iterated_integral(f, low[0], high[0], constant(low[1]), constant(high[1]),
                                   options);
  const auto at = [&](double x, double y, double z) {
    const double point[] = {x, y, z};
    return f(std::span<const double>(point));
  };
  return math::iterated_integral(at, low[0], high[0], constant(low[1]), constant(high[1]),
                                 constant(low[2]), constant(high[2]), options);
}

/// Over a box: to 12 digits where that is cheap, else as many as can be had.
Value box(Calculator& calculator, const Expression& formula, const std::vector<Range>& all,
          const Scope& scope) {
  std::vector<std::string> names;
  std::vector<double> low, high;
  for (const Range& range : all) {
    names.push_back(range.name);
    low.push_back(real_argument(calculator, range.low, scope, "integrate: a lower limit"));
    high.push_back(real_argument(calculator, range.high, scope, "integrate: an upper limit"));
  }
  const BoundFormula f(calculator, calculator.close(formula, scope, names), names);
  constexpr std::size_t most_for_cubature = 12;
  if (names.size() > most_for_cubature)
    return calculator.use(
        math::quasi_monte_carlo(f, low, high, {.run = {.threads = 1, .stop = calculator.stop()}}));
  const StopToken stop = calculator.stop();
  math::Estimate best =
      math::cubature(f, low, high, {.rel_tol = 1e-12, .max_evaluations = 1'000'000, .stop = stop});
  if (best.status == Status::converged && names.size() != 2) return calculator.use(best);
  if (best.status == Status::converged) {  // a narrow ridge, seen along one line after the other
    const math::Estimate lines = iterated(f, low, high, {.rel_tol = 1e-9, .stop = stop});
    const double gap = std::abs(lines.value - best.value);
    const bool no_second_opinion = lines.status != Status::converged && best.value != 0;
    if (no_second_opinion || gap <= lines.error + best.error + 1e-9 * gap)
      return calculator.use(best);
    best.status = Status::suspicious;
    best.reason = lines.status == Status::converged
                      ? fmt::format("integrated line by line it is {:.6g}", lines.value)
                      : fmt::format("0 wherever looked at, but line by line: {}", lines.reason);
    return calculator.use(best);
  }
  if (names.size() <= 3) {
    const math::Estimate lines = iterated(f, low, high, {.rel_tol = 1e-12, .stop = stop});
    // Lines that give what was doubted have not seen what raised the doubt.
    const bool doubted = best.status == Status::suspicious &&
                         std::abs(lines.value - best.value) <= lines.error + best.error;
    if (!doubted) best = better(best, lines);
  }
  if (best.status != Status::converged)
    best = better(best, math::cubature(f, low, high, {.stop = stop}));
  return calculator.use(best);
}

/// Two or three variables whose inner limits depend on outer variables.
Value over_region(Calculator& calculator, const Expression& formula, const std::vector<Range>& all,
                  const Scope& scope) {
  require(all.size() <= 3,
          "integrate: limits that depend on other variables are taken for up to three variables");
  std::vector<std::string> names;
  for (const Range& range : all) names.push_back(range.name);
  const auto closed = [&](const Expression& limit, std::size_t outer) {
    const std::vector<std::string> free(names.begin(), names.begin() + static_cast<long>(outer));
    return BoundFormula(calculator, calculator.close(limit, scope, free), free);
  };
  const double a = real_argument(calculator, all[0].low, scope, "integrate: a lower limit");
  const double b = real_argument(calculator, all[0].high, scope, "integrate: an upper limit");
  const BoundFormula f(calculator, calculator.close(formula, scope, names), names);
  const BoundFormula y_low = closed(all[1].low, 1), y_high = closed(all[1].high, 1);
  const math::IteratedOptions options{.stop = calculator.stop()};
  if (all.size() == 2)
    return calculator.use(math::iterated_integral(f, a, b, y_low, y_high, options));
  const BoundFormula z_low = closed(all[2].low, 2), z_high = closed(all[2].high, 2);
  const auto at = [&](double x, double y, double z) {
    const double point[] = {x, y, z};
    return f(std::span<const double>(point));
  };
  return calculator.use(math::iterated_integral(at, a, b, y_low, y_high, z_low, z_high, options));
}

Value integrate(Calculator& calculator, const std::vector<Expression>& arguments,
                const Scope& scope) {
  const std::vector<Range> given = ranges(arguments);
  if (given.size() == 1) return one_dimension(calculator, arguments, scope);
  const bool is_box = std::none_of(given.begin(), given.end(), [&](const Range& range) {
    return std::any_of(given.begin(), given.end(),
                       [&](const Range& other) { return depends(range, other); });
  });
  return is_box ? box(calculator, arguments[0], given, scope)
                : over_region(calculator, arguments[0], from_outside(given), scope);
}

/// principal_value(f, x, pole, a, b)
Value principal_value(Calculator& calculator, const std::vector<Expression>& arguments,
                      const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const double pole = real_argument(calculator, arguments[2], scope, "principal_value: the pole");
  const double a = real_argument(calculator, arguments[3], scope, "principal_value: a");
  const double b = real_argument(calculator, arguments[4], scope, "principal_value: b");
  return calculator.use(math::principal_value(f, pole, a, b, {.stop = calculator.stop()}));
}

/// mean_value(f, x, a, b): the mean, and where f takes it.
Value mean_value(Calculator& calculator, const std::vector<Expression>& arguments,
                 const Scope& scope) {
  const BoundFormula f = function_of(calculator, arguments[0], arguments[1], scope);
  const double a = real_argument(calculator, arguments[2], scope, "mean_value: a");
  const double b = real_argument(calculator, arguments[3], scope, "mean_value: b");
  const math::MeanValue mean =
      math::mean_value(f, a, b, {.integration = {.stop = calculator.stop()}});
  Vec places(std::ssize(mean.attained));
  for (Index i = 0; i < places.size(); ++i)
    places[i] = mean.attained[static_cast<std::size_t>(i)].x;
  List result{{calculator.use(mean)}, {"mean"}};
  if (places.size() > 0) {
    result.items.push_back(row_of(places));
    result.names.push_back("attained");
  }
  return result;
}

}  // namespace

void add_integral_functions(FormulaFunctions& functions) {
  constexpr int any_number = 1000;
  functions["integrate"] = {4, any_number, integrate};
  functions["principal_value"] = {5, 5, principal_value};
  functions["mean_value"] = {4, 4, mean_value};
}

}  // namespace mathtool::cli
