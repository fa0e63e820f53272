#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// One iteration of a history.
struct IterationRecord {
  std::int64_t iteration = 0, evaluations = 0;
  double value = 0;          ///< f(x)
  double gradient_norm = 0;  ///< as in Minimum
  double step = 0;           ///< ‖x − x before‖∞
};

/// Where a minimisation ended, and how.
struct [[nodiscard]] Minimum {
  Vec x = {};  ///< the point that met a tolerance; otherwise the best one seen, on every path
  double value = std::numeric_limits<double>::quiet_NaN();  ///< f(x)
  /// ‖x − P(x − ∇f(x))‖∞, P the projection onto the bounds; NaN where no gradient was taken
  double gradient_norm = std::numeric_limits<double>::quiet_NaN();
  Status status = Status::out_of_budget;
  std::string reason = {};  ///< one sentence with the numbers
  std::int64_t iterations = 0;
  std::int64_t evaluations = 0;               ///< calls of f, with its gradient or without
  std::int64_t gradients = 0;                 ///< those with its gradient
  double seconds = 0;                         ///< of wall time; the only figure that varies
  std::vector<IterationRecord> history = {};  ///< if asked for
};

}  // namespace mathtool::opt
