#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "mathtool/math/status.hpp"

namespace mathtool::math {

/// A number that was approached, and how far it can be trusted. What returns more than one number
/// extends it.
struct [[nodiscard]] Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::infinity();  ///< bound of |value - exact|, estimated
  std::int64_t evaluations = 0;                            ///< of the function
  Status status = Status::out_of_budget;
  std::string reason = {};  ///< why it is not `converged`: one sentence with the numbers
};

}  // namespace mathtool::math
