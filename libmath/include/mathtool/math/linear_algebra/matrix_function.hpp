#pragma once

#include <string>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// What the exponential and the powers of a matrix return.
struct [[nodiscard]] MatrixFunction {
  Mat value;           ///< n × n
  double error = 0.0;  ///< bound, estimated, of ‖value − exact‖₁
  Status status = Status::converged;
  std::string reason = {};  ///< why it is not `converged`
};

}  // namespace mathtool::math
