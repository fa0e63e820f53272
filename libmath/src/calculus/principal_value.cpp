#include "mathtool/math/calculus/principal_value.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// Adds what a further piece of the range contributes; the worse status prevails.
void add(Integral& sum, const Integral& piece) {
  sum.value += piece.value;
  sum.error += piece.error;
  sum.evaluations += piece.evaluations;
  sum.widest_gap = std::max(sum.widest_gap, piece.widest_gap);
  if (sum.status == Status::converged && piece.status != Status::converged) {
    sum.status = piece.status;
    sum.reason = piece.reason;
  }
}

/// ∫₀^reach g(u) du of an even g, by the ten-point rule over (−reach, reach).
double beside_pole(FunctionRef<double(double)> g, double reach) {
  using Gauss = boost::math::quadrature::gauss<double, 10>;
  double sum = 0.0;
  for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i)
    sum += Gauss::weights()[i] * g(reach * Gauss::abscissa()[i]);
  return reach * sum;
}

}  // namespace

Integral principal_value(FunctionRef<double(double)> f, double pole, double a, double b,
                         const IntegrateOptions& options) {
  require(std::min(a, b) < pole && pole < std::max(a, b),
          "principal_value: the pole {} must lie between the limits {} and {}", pole, a, b);
  const double low = std::min(a, b), high = std::max(a, b);
  double reach = std::min(pole - low, high - pole);
  if (!std::isfinite(reach)) reach = std::max(1.0, std::abs(pole));

  // Both sides at exactly the same distance, or f(c + u) + f(c − u) would not cancel.
  const auto both_sides = [&](double u) {
    const double exact = (pole + u) - pole;
    return f(pole + exact) + f(pole - exact);
  };
  // An even function of u if the pole is simple: Gauss's rule over (−inner, inner) needs no point
  // closer to the pole than 0.15 of that, where rounding would be all that is left.
  const double inner = 0.1 * reach;
  IntegrateOptions smooth = options;
  smooth.breaks = {};
  smooth.zero_scan = 0;
  // The terms are this much larger than their sum, whose relative error rounding then limits.
  const double terms = inner * (std::abs(f(pole + inner)) + std::abs(f(pole - inner)));
  constexpr double rounding = 256 * std::numeric_limits<double>::epsilon();
  smooth.abs_tol = std::max(options.abs_tol, rounding * terms);
  const Integral between = integrate(both_sides, 0.5 * inner, inner, smooth);
  const double whole = beside_pole(both_sides, inner),
               half = beside_pole(both_sides, 0.5 * inner) + between.value;

  Integral result = integrate(both_sides, inner, reach, smooth);
  result.evaluations = 2 * (result.evaluations + between.evaluations) + 22;
  result.value += half;
  result.error += std::abs(whole - half) + between.error + rounding * terms;
  const bool odd = result.status == Status::suspicious && result.value == half;
  if (odd) result.status = Status::converged, result.reason.clear();
  if (!(std::abs(whole - half) <= 1e-3 * std::max(std::abs(half), terms))) {
    result.status = Status::divergent;
    result.reason = fmt::format("the two sides of the pole at {:.12g} do not cancel", pole);
    result.value = std::numeric_limits<double>::quiet_NaN();
    result.error = std::numeric_limits<double>::infinity();
    return result;
  }
  if (pole - reach > low) add(result, integrate(f, low, pole - reach, options));
  if (pole + reach < high) add(result, integrate(f, pole + reach, high, options));
  if (a > b) result.value = -result.value;
  const double allowed =
      std::max({options.abs_tol, options.rel_tol * std::abs(result.value), 8 * rounding * terms});
  if (result.status == Status::converged && !(result.error <= allowed)) {
    result.status = Status::stalled;
    result.reason = fmt::format("beside the pole an error of {:.2g} remains", result.error);
  }
  return result;
}

}  // namespace mathtool::math
