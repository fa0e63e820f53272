#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"

namespace mathtool::opt {

/// When a minimisation ends. A tolerance of 0 is never met except exactly.
struct StoppingOptions {
  /// Converged when ‖x − P(x − g)‖∞ ≤ gradient_tol · max(1, ‖x‖∞) · min(1, s), g the gradient, P
  /// the projection onto the bounds, s = max(|f|, ‖g‖∞) at the start: an objective that was
  /// multiplied by 1e-9 ends where it would have ended, one that is large is not left early. x
  /// counts for at most 1000 times max(1, ‖x‖∞) of the start: who runs away has not arrived.
  double gradient_tol = 1e-6;
  double step_tol = 0;   ///< when ‖Δx‖∞ ≤ step_tol · the largest ‖x‖∞ so far, ≥ 0
  double value_tol = 0;  ///< when |Δf| ≤ value_tol · the larger |f| of both, ≥ 0
  int patience = 3;      ///< how often in a row the last two must be met, ≥ 1
  double target = -std::numeric_limits<double>::infinity();  ///< when f(x) ≤ target
  std::int64_t max_iterations = 10'000;                      ///< ≥ 0
  std::int64_t max_evaluations = std::numeric_limits<std::int64_t>::max();  ///< of f, ≥ 1
  double max_seconds = std::numeric_limits<double>::infinity();             ///< > 0
  StopToken stop = {};

  /// Throws: DomainError.
  void validate() const;
};

/// Why an iteration ends: the status for programs, a sentence with the numbers for people.
struct Stop {
  Status status = Status::converged;
  std::string reason = {};
};

}  // namespace mathtool::opt
