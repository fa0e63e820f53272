#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/symbolic_formula.hpp"
#include "mathtool/math/calculus/convexity.hpp"
#include "mathtool/math/calculus/extrema.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

/// A function of one variable on an interval, with its derivatives where rules give them.
struct Curve {
  BoundFormula f;
  double a, b;
  std::optional<BoundFormula> slope = {}, second = {};
};

Curve curve(Calculator& calculator, const std::string& name,
            const std::vector<Expression>& arguments, const Scope& scope) {
  const std::string x = variable_name(arguments[1], name);
  const std::vector<std::string> free{x};
  const Expression f = calculator.close(arguments[0], scope, free);
  const double a = real_argument(calculator, arguments[2], scope, name + ": a");
  const double b = real_argument(calculator, arguments[3], scope, name + ": b");
  Curve made{BoundFormula(calculator, f, free), a, b};
  try {
    const Expression slope = differentiated(f, x).value;
    made.slope.emplace(calculator, slope, free);
    made.second.emplace(calculator, differentiated(slope, x).value, free);
  } catch (const DomainError&) {  // without rules, by samples
  }
  return made;
}

std::function<double(double)> optional_function(const std::optional<BoundFormula>& f) {
  if (!f) return {};
  return [&f](double x) { return (*f)(x); };
}

void use_status(Calculator& calculator, std::int64_t evaluations, Status status,
                const std::string& reason, double error) {
  (void)calculator.use({.value = 0.0,
                        .error = error,
                        .evaluations = evaluations,
                        .status = status,
                        .reason = reason});
}

/// Whether the least value is the greatest, too.
bool is_constant(const math::Extrema& found) {
  const auto of_kind = [&](math::ExtremumKind kind) {
    return std::find_if(found.points.begin(), found.points.end(), [&](const math::Extremum& point) {
      return point.global && point.kind == kind;
    });
  };
  const auto least = of_kind(math::ExtremumKind::minimum),
             greatest = of_kind(math::ExtremumKind::maximum);
  return least != found.points.end() && greatest != found.points.end() &&
         least->value == greatest->value;
}

/// extrema(f, x, a, b): for each its kind, place and value; of a constant, its value.
Value extrema(Calculator& calculator, const std::vector<Expression>& arguments,
              const Scope& scope) {
  const Curve c = curve(calculator, "extrema", arguments, scope);
  const math::Extrema found = math::extrema(c.f, c.a, c.b,
                                            {.derivative = optional_function(c.slope),
                                             .scan = scope.empty() && c.f.precise() ? 200'000 : 0,
                                             .stop = calculator.stop()});
  if (is_constant(found)) {
    use_status(calculator, found.evaluations, found.status, found.reason, 0);
    return List{{List{{std::string("constant"), found.points[0].value}, {"kind", "value"}}}};
  }
  double error = 0;
  List list;
  for (const math::Extremum& point : found.points) {
    error = std::max(error, point.error);
    const std::string kind =
        fmt::format("{}{}{}", point.global ? "global " : "",
                    point.kind == math::ExtremumKind::minimum ? "minimum" : "maximum",
                    point.end_point ? " at the end" : "");
    list.items.push_back(List{{kind, point.x, point.value}, {"kind", "x", "value"}});
  }
  for (const math::Discontinuity& jump : found.discontinuities)
    calculator.note(fmt::format("at {:.10g} there is a {}", jump.x, jump.pole ? "pole" : "jump"));
  use_status(calculator, found.evaluations, found.status, found.reason, error);
  return list;
}

math::Convexity convexity_of(Calculator& calculator, const Curve& c) {
  return math::convexity(c.f, c.a, c.b,
                         {.derivative = optional_function(c.slope),
                          .second_derivative = optional_function(c.second),
                          .stop = calculator.stop()});
}

/// inflections(f, x, a, b): the places; [x, value] of each.
Value inflections(Calculator& calculator, const std::vector<Expression>& arguments,
                  const Scope& scope) {
  const Curve c = curve(calculator, "inflections", arguments, scope);
  const math::Convexity found = convexity_of(calculator, c);
  double error = 0;
  List list;
  for (const math::Inflection& point : found.inflections) {
    error = std::max(error, point.error);
    list.items.push_back(List{{point.x, point.value}, {"x", "value"}});
  }
  use_status(calculator, found.evaluations, found.status, found.reason, error);
  return list;
}

/// convexity(f, x, a, b): where f is convex and where concave.
Value convexity(Calculator& calculator, const std::vector<Expression>& arguments,
                const Scope& scope) {
  const Curve c = curve(calculator, "convexity", arguments, scope);
  const math::Convexity found = convexity_of(calculator, c);
  constexpr const char* names[] = {"convex", "concave", "straight"};
  List list;
  for (const math::CurvedInterval& part : found.intervals)
    list.items.push_back(List{{std::string(names[static_cast<int>(part.curvature)]),
                               part.interval.lower, part.interval.upper},
                              {"curvature", "from", "to"}});
  double error = 0;
  for (const math::Inflection& point : found.inflections) error = std::max(error, point.error);
  use_status(calculator, found.evaluations, found.status, found.reason, error);
  return list;
}

}  // namespace

void add_extremum_functions(FormulaFunctions& functions) {
  functions["extrema"] = {4, 4, extrema};
  functions["inflections"] = {4, 4, inflections};
  functions["convexity"] = {4, 4, convexity};
}

}  // namespace mathtool::cli
