#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

struct StoppingOptions {
  double gradient_tol = 1e-6;  ///< stop when ‖∇f‖∞ ≤ gradient_tol · max(1, ‖x‖∞), ≥ 0
  std::int64_t max_iterations = 10'000;  ///< ≥ 0
  StopToken stop = {};
};

/// Why an iteration ends: the status for programs, a sentence with the numbers for people.
struct Stop {
  Status status = Status::converged;
  std::string reason = {};
};

/// Whether to end at x after so many iterations. A value or gradient that is not finite comes
/// first, then the gradient's tolerance, the caller's wish, the budget.
std::optional<Stop> should_stop(const StoppingOptions& options, const VecRef& x, double value,
                                const VecRef& gradient, std::int64_t iterations);

}  // namespace mathtool::opt
