#include "cli/calculator/smoothness.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>

#include "cli/calculator/bound_formula.hpp"
#include "cli/calculator/distribution_functions.hpp"
#include "cli/calculator/precise_formula.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::HundredDigits;
using math::Operator;

/// -1, 0 or 1 for each variable.
using Direction = std::vector<int>;

/// Along each axis and each diagonal of two of them.
std::vector<Direction> directions(std::size_t variables) {
  std::vector<Direction> found;
  for (std::size_t i = 0; i < variables; ++i) {
    Direction axis(variables, 0);
    axis[i] = 1;
    found.push_back(axis);
    for (std::size_t j = 0; j < i; ++j)
      for (const int sign : {1, -1}) {
        found.push_back(axis);
        found.back()[j] = sign;
      }
  }
  return found;
}

/// Two steps, relative to the size of each coordinate, and what rounding does to a value.
template <class T>
struct Steps {
  T far, near, rounding;
};

/// A function around a point, in numbers of one kind.
template <class T>
struct Surroundings {
  std::function<T(const std::vector<T>&)> f;
  std::vector<T> point, slopes;
  Steps<T> steps;

  T size(std::size_t i) const {
    using std::abs;
    return point[i] == 0 ? T(1) : T(abs(point[i]));
  }

  /// What f changes by where the point moves by `step` along a direction.
  T change(const Direction& direction, const T& step) const {
    std::vector<T> moved = point;
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += direction[i] * step * size(i);
    return f(moved) - f(point);
  }

  /// What the slopes say that it changes by.
  T expected(const Direction& direction, const T& step) const {
    T sum(0);
    for (std::size_t i = 0; i < point.size(); ++i) sum += direction[i] * step * size(i) * slopes[i];
    return sum;
  }

  /// Whether f leaves the point otherwise than its slopes say, near as far. Where it has no value,
  /// beyond the edge of its domain, nothing is said.
  bool breaks(const Direction& direction, int side) const {
    using std::abs, std::isfinite;
    const T far = side * steps.far, near = side * steps.near;
    const T away = change(direction, far), beside = change(direction, near),
            line = expected(direction, near);
    if (!isfinite(away) || !isfinite(beside) || !isfinite(line)) return false;
    constexpr double noticed = 1e-6;
    const T gap = abs(beside - line), far_gap = abs(away - expected(direction, far));
    return gap > noticed * (abs(beside) + abs(line)) + steps.rounding * abs(f(point)) &&
           2 * gap / steps.near > far_gap / steps.far;
  }

  /// Of f along a direction, to one side; no -0.
  double slope(const Direction& direction, int side) const {
    const T run = side * steps.near * length(direction);
    return static_cast<double>(T(change(direction, side * steps.near) / run)) + 0.0;
  }
  double expected_slope(const Direction& direction) const {
    return static_cast<double>(T(expected(direction, T(1)) / length(direction)));
  }

 private:
  T length(const Direction& direction) const {
    using std::sqrt;
    T squares(0);
    for (std::size_t i = 0; i < point.size(); ++i)
      if (direction[i] != 0) squares += size(i) * size(i);
    return sqrt(squares);
  }
};

/// "0", or "[0, 1]".
std::string place_text(const std::vector<Expression>& point) {
  std::string text;
  for (const Expression& x : point) text += (text.empty() ? "" : ", ") + to_string(x);
  return point.size() == 1 ? text : "[" + text + "]";
}

std::string direction_text(const Direction& direction) {
  std::string text;
  for (const int sign : direction) text += fmt::format("{}{}", text.empty() ? "" : ", ", sign);
  return direction.size() == 1 ? "" : fmt::format("along [{}] ", text);
}

template <class T>
void look_around(const Surroundings<T>& here, const Expression& f,
                 const std::vector<Expression>& point) {
  for (const Direction& direction : directions(point.size())) {
    if (!here.breaks(direction, 1) && !here.breaks(direction, -1)) continue;
    constexpr double steepest = 1e12, alike = 1e-6;
    const double left = here.slope(direction, -1), right = here.slope(direction, 1);
    const std::string refused = fmt::format("there is no derivative at {}: {}", place_text(point),
                                            direction_text(direction));
    std::string why = fmt::format("the slope of {} is {:.6g} on the left and {:.6g} on the right",
                                  to_string(f), left, right);
    if (std::max(std::abs(left), std::abs(right)) > steepest)
      why = to_string(f) + " jumps";
    else if (!(std::abs(left - right) > alike * std::max(std::abs(left), std::abs(right))))
      why = fmt::format("the slope of {} is {:.6g}, and {:.6g} by its partial derivatives",
                        to_string(f), std::isfinite(left) ? left : right,
                        here.expected_slope(direction));
    throw NotEstablished(Status::not_finite, refused + why);
  }
}

/// With 100 digits. Throws: DomainError where a function knows doubles alone.
Surroundings<HundredDigits> precise_surroundings(const Expression& f,
                                                 const std::vector<Expression>& slopes,
                                                 const std::vector<std::string>& names,
                                                 const std::vector<Expression>& point) {
  std::vector<HundredDigits> place, values;
  for (const Expression& x : point)
    place.push_back(PreciseFormula(x, {}).at(std::span<const HundredDigits>()));
  for (const Expression& slope : slopes)
    values.push_back(PreciseFormula(slope, names).at(std::span<const HundredDigits>(place)));
  return {
      [formula = std::make_shared<PreciseFormula>(f, names)](const std::vector<HundredDigits>& x) {
        return formula->at(std::span<const HundredDigits>(x));
      },
      place,
      values,
      {HundredDigits("1e-30"), HundredDigits("1e-50"), HundredDigits("1e-95")}};
}

Surroundings<double> plain_surroundings(Calculator& calculator, const Expression& f,
                                        const std::vector<Expression>& slopes,
                                        const std::vector<std::string>& names,
                                        const std::vector<Expression>& point) {
  std::vector<double> place, values;
  for (const Expression& x : point)
    place.push_back(BoundFormula(calculator, x, {})(std::span<const double>()));
  for (const Expression& slope : slopes)
    values.push_back(BoundFormula(calculator, slope, names)(std::span<const double>(place)));
  return {[formula = std::make_shared<BoundFormula>(calculator, f, names)](
              const std::vector<double>& x) { return (*formula)(std::span<const double>(x)); },
          place,
          values,
          {1e-4, 1e-7, 0x1p-44}};
}

}  // namespace

bool has_corners(const Expression& f) {
  const auto* call = f.as<Expression::Call>();
  if (call && distribution_place(call->function, call->arguments.size()) == 0) return true;
  if (call)
    for (const char* name :
         {"abs", "sign", "floor", "ceil", "round", "trunc", "mod", "min", "max", "atan2", "if"})
      if (call->function == name) return true;
  if (const auto* operation = f.as<Expression::Operation>())
    if (operation->op == Operator::modulo) return true;
  const std::vector<Expression> parts = children(f);
  return std::any_of(parts.begin(), parts.end(), has_corners);
}

void require_smooth(Calculator& calculator, const Expression& f,
                    const std::vector<Expression>& slopes, const std::vector<std::string>& names,
                    const std::vector<Expression>& point) {
  if (!has_corners(f) && std::none_of(slopes.begin(), slopes.end(), has_corners)) return;
  std::optional<Surroundings<HundredDigits>> precise;
  try {
    precise = precise_surroundings(f, slopes, names, point);
  } catch (const DomainError&) {
    return look_around(plain_surroundings(calculator, f, slopes, names, point), f, point);
  }
  look_around(*precise, f, point);
}

}  // namespace mathtool::cli
