#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/stopping.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// f: ℝⁿ → ℝ with gradient: returns f(x) and writes ∇f(x), size n, into `gradient`.
using Objective = FunctionRef<double(const Vec& x, Vec& gradient)>;

struct [[nodiscard]] Minimum {
  Vec x;                       ///< the best point seen, on every path
  double value = 0.0;          ///< f(x)
  double gradient_norm = 0.0;  ///< ‖∇f(x)‖∞
  Status status = Status::out_of_budget;
  std::string reason = {};  ///< one sentence with the numbers
  std::int64_t iterations = 0;
  std::int64_t evaluations = 0;  ///< of f with its gradient
};

/// Minimises f from x0 by a first-order rule.
///
/// Pre:     x0 finite and not empty.  Throws: DomainError for x0 or a setting; what f throws.
/// Returns: converged, out_of_budget, stopped, or not_finite where f or its gradient is; always
/// with the best
///          point seen.
/// Cost:    one evaluation an iteration.
template <UpdateRule<double> Rule>
Minimum minimize(Objective f, const VecRef& x0, const Rule& rule,
                 const StoppingOptions& options = {}) {
  require(x0.size() > 0 && x0.allFinite(), "minimize: x0 must be finite and not empty");
  require(options.gradient_tol >= 0, "minimize: gradient_tol must be >= 0, got {}",
          options.gradient_tol);
  require(options.max_iterations >= 0, "minimize: max_iterations must be >= 0, got {}",
          options.max_iterations);
  rule.validate();

  Vec x = x0, gradient = Vec::Zero(x0.size());
  auto state = rule.init(x);
  Minimum best;
  for (;; ++best.iterations) {
    const double value = f(x, gradient);
    ++best.evaluations;
    require<DimensionError>(gradient.size() == x.size(),
                            "minimize: f made a gradient of {} for x of {}", gradient.size(),
                            x.size());
    if (best.x.size() == 0 || value < best.value || !std::isfinite(best.value)) {
      best.x = x;
      best.value = value;
      best.gradient_norm = gradient.lpNorm<Eigen::Infinity>();
    }
    if (auto stop = should_stop(options, x, value, gradient, best.iterations)) {
      best.status = stop->status;
      best.reason = std::move(stop->reason);
      return best;
    }
    rule.step(state, gradient, x);
  }
}

}  // namespace mathtool::opt
