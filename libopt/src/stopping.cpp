#include "mathtool/opt/stopping.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace mathtool::opt {

std::optional<Stop> should_stop(const StoppingOptions& options, const VecRef& x, double value,
                                const VecRef& gradient, std::int64_t iterations) {
  if (!std::isfinite(value))
    return Stop{Status::not_finite, fmt::format("f is {} after {} iterations", value, iterations)};
  if (!gradient.allFinite())
    return Stop{Status::not_finite,
                fmt::format("the gradient is not finite after {} iterations", iterations)};
  const double slope = gradient.lpNorm<Eigen::Infinity>();
  const double limit = options.gradient_tol * std::max(1.0, x.lpNorm<Eigen::Infinity>());
  if (slope <= limit)
    return Stop{Status::converged, fmt::format("largest slope {:.3g} <= {:.3g}", slope, limit)};
  if (options.stop.stop_requested())
    return Stop{Status::stopped, fmt::format("stopped on request after {} iterations", iterations)};
  if (iterations >= options.max_iterations)
    return Stop{Status::out_of_budget,
                fmt::format("{} iterations used; the largest slope is still {:.3g} > {:.3g}",
                            iterations, slope, limit)};
  return std::nullopt;
}

}  // namespace mathtool::opt
