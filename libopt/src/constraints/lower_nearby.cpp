#include "mathtool/opt/lower_nearby.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/constraints/constrained_evaluations.hpp"

namespace mathtool::opt {
namespace {

/// What a jump must bring, in units of |f|, and how many times more than the slope says.
constexpr double noticeable_jump = 1e-6, steeper = 1e3;

}  // namespace

Surroundings lower_nearby(const ConstrainedProblem& problem, const VecRef& x,
                          const std::vector<std::string>& variables) {
  const StoppingOptions no_limits;
  ConstrainedEvaluations f(problem, no_limits);
  ConstrainedIterate here{.x = x};
  if (!f(here)) return {};
  const double allowed = std::max(1e-9, violation(problem, here.g));

  Surroundings result{.flat = true, .x = here.x, .value = here.value};
  ConstrainedIterate there = here;
  Index moved = 0;
  // Whether f was asked at that distance; keeps the lowest point.
  const auto look = [&](Index i, double distance, double jump) {
    there.x = here.x;
    there.x[i] += distance;
    f.box().project(there.x);
    if (there.x[i] == here.x[i] || !f.values(there)) return;
    if (there.value != here.value) result.flat = false;
    if (violation(problem, there.g) > allowed || !(there.value < result.value - jump)) return;
    result.x = there.x, result.value = there.value;
    moved = i;
  };
  const auto size = [&](Index i) { return std::max(1.0, std::abs(here.x[i])); };
  // A jump is as high from half the way, and from a quarter; rounding is not.
  const auto is_jump = [&](Index i, double distance) {
    const double height = here.value - there.value;
    for (const double part : {0.5, 0.25, 0.125}) {
      look(i, part * distance, height);
      if (!(std::abs(here.value - there.value - height) <= 0.1 * height)) return false;
    }
    return true;
  };
  for (Index i = 0; i < std::min<Index>(x.size(), 100); ++i)
    for (const double distance : {1e-7 * size(i), -1e-7 * size(i)}) {
      const Surroundings before = result;
      look(i, distance,
           std::max(noticeable_jump * std::abs(here.value),
                    steeper * std::abs(here.gradient[i] * distance)));
      if (result.value < before.value && !is_jump(i, distance))
        result.x = before.x, result.value = before.value;
    }
  const bool jump = result.value < here.value;
  const auto look_around = [&](double part) {
    for (Index i = 0; i < std::min<Index>(x.size(), 16); ++i)
      for (const double sign : {1.0, -1.0}) look(i, sign * part * size(i), 0);
  };
  // Flat is what does not change at a hundredth either: x⁴ + 5 is not, at its minimum. A first
  // change downwards will do, of ⌊x⌋ at 60.5.
  if (result.flat) look_around(1e-3);
  const bool near = result.flat;
  if (near) look_around(1e-2);
  const bool flat = result.flat, falls_off = near && result.value < here.value;
  if (!flat && !jump && !falls_off) return {};
  for (double part = 0.1; flat && part <= 1e3; part *= 10) look_around(part);
  result.flat = flat;
  if (!(result.value < here.value)) return result;

  const std::string name = variables.empty() ? fmt::format("variable {}", moved + 1)
                                             : variables[static_cast<std::size_t>(moved)];
  result.lower = fmt::format(
      "f {} there, and is lower, {:.10g} instead of {:.10g}, where {} is "
      "{:.10g}: start from beyond, or use nelder-mead",
      jump ? "jumps" : "does not change", result.value, here.value, name, result.x[moved]);
  return result;
}

std::string still_falling(Objective f, const Box& box, const VecRef& x) {
  Vec gradient = Vec::Zero(x.size()), unused = gradient, there = x;
  const double here = f(there, gradient);
  const double slope = gradient.lpNorm<Eigen::Infinity>();
  if (!(slope > 0) || !std::isfinite(slope)) return {};
  const double size = std::max(1.0, x.lpNorm<Eigen::Infinity>());
  double value = here;
  for (const double part : {0.25, 0.5, 1.0, 2.0}) {
    there = x - (part * size / slope) * gradient;
    box.project(there);
    const double next = f(there, unused);
    if (!(next < value)) return {};
    value = next;
  }
  return fmt::format(
      "f keeps falling beyond, from {:.6g} to {:.6g} at a distance of {:.6g}: it may have no "
      "minimum",
      here, value, 2 * size);
}

}  // namespace mathtool::opt
