#pragma once

#include <string_view>

namespace mathtool {

/// How an iterative computation ended. Shared by every result that can fall short, so that all
/// read the same way; set where the loop leaves and never recomputed.
enum class Status {
  converged,      ///< a requested tolerance was met
  out_of_budget,  ///< iteration, evaluation or time limit reached first
  not_finite,     ///< a value or gradient became NaN or infinite
  stalled,        ///< no further progress possible (e.g. a line search failed)
  stopped,        ///< an observer or the user asked to stop
  suspicious,     ///< tolerances met, but an independent check disagrees
  divergent,      ///< the quantity does not exist: it grows without bound
};

/// The enumerator's own name, as JSON shows it.
constexpr std::string_view to_string(Status status) {
  switch (status) {
    case Status::converged: return "converged";
    case Status::out_of_budget: return "out_of_budget";
    case Status::not_finite: return "not_finite";
    case Status::stalled: return "stalled";
    case Status::stopped: return "stopped";
    case Status::suspicious: return "suspicious";
    case Status::divergent: return "divergent";
  }
  return "?";
}

}  // namespace mathtool
