#include "mathtool/math/calculus/cubature.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "genz_malik.hpp"
#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/calculus/quasi_monte_carlo.hpp"
#include "mathtool/math/error.hpp"
#include "product_rule.hpp"
#include "unit_cube.hpp"

namespace mathtool::math {
namespace {

Estimate integrate_line(const UnitCubeIntegrand& f, const CubatureOptions& options) {
  std::vector<double> x(1);
  const auto along = [&](double u) { return f(std::span<const double>(&u, 1), x); };
  return integrate(along, 0.0, 1.0,
                   {.rel_tol = options.rel_tol,
                    .abs_tol = options.abs_tol,
                    .max_evaluations = options.max_evaluations,
                    .stop = options.stop});
}

/// The range of the values of f that were met.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void push(double y) {
    low = std::min(low, y);
    high = std::max(high, y);
  }
};

/// Withdraws `converged` where evenly spread points say something else, or show values far from
/// those that the rules have seen.
void check_by_lattice(Estimate& result, const UnitCubeIntegrand& f, Range& range,
                      const StopToken& stop) {
  constexpr double standard_errors = 6.0, beyond = 0.5;
  constexpr int shifts = 8;
  const std::vector<double> low(f.dimensions(), 0.0), high(f.dimensions(), 1.0);
  std::vector<double> x(f.dimensions());
  const auto on_cube = [&](std::span<const double> u) { return f(u, x); };
  const Range before = range;
  const SampledIntegral lattice = quasi_monte_carlo(
      on_cube, low, high,
      {.samples = shifts << 16, .shifts = shifts, .run = {.threads = 1, .stop = stop}});
  result.evaluations += lattice.evaluations;
  if (result.status != Status::converged) return;
  const double margin = beyond * (before.high - before.low) + 1e-9 * std::abs(before.high);
  if (range.low == 0.0 && range.high == 0.0) {
    result.status = Status::suspicious;
    result.reason = fmt::format("the integrand is 0 at all {} points", result.evaluations);
  } else if (range.low < before.low - margin || range.high > before.high + margin) {
    result.status = Status::suspicious;
    result.reason = fmt::format(
        "the integrand reaches [{:.6g}, {:.6g}] between the nodes of the rule, which saw [{:.6g}, "
        "{:.6g}]",
        range.low, range.high, before.low, before.high);
  } else if (std::abs(result.value - lattice.value) >
             standard_errors * lattice.standard_error + result.error) {
    result.status = Status::suspicious;
    result.reason = fmt::format("evenly spread points give {:.6g} with a standard error of {:.2g}",
                                lattice.value, lattice.standard_error);
  }
}

}  // namespace

Estimate cubature(PointFunction f, std::span<const double> low, std::span<const double> high,
                  const CubatureOptions& options) {
  constexpr std::size_t most_dimensions = 12;
  require(options.rel_tol >= 0.0 && options.abs_tol >= 0.0,
          "cubature: tolerances must be >= 0, got rel_tol = {} and abs_tol = {}", options.rel_tol,
          options.abs_tol);
  Range range;
  const auto watched = [&](std::span<const double> x) {
    const double y = f(x);
    range.push(y);
    return y;
  };
  const UnitCubeIntegrand cube("cubature", watched, low, high, most_dimensions, true);
  Estimate result;
  if (cube.dimensions() == 1) {
    result = integrate_line(cube, options);
  } else {
    result = integrate_by_products(cube, options, options.max_evaluations / 2);
    if (result.status != Status::converged) {
      const std::int64_t before = result.evaluations;
      const Estimate boxes = integrate_by_boxes(cube, options, options.max_evaluations - before);
      if (boxes.status != Status::not_finite && !(result.error < boxes.error)) result = boxes;
      result.evaluations = before + boxes.evaluations;
    }
    check_by_lattice(result, cube, range, options.stop);
  }
  if (result.status == Status::not_finite) {
    result.value = std::numeric_limits<double>::quiet_NaN();
    result.error = std::numeric_limits<double>::infinity();
  }
  result.value *= cube.sign();
  return result;
}

}  // namespace mathtool::math
