#include "mathtool/opt/stopping.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

void StoppingOptions::validate() const {
  require(gradient_tol >= 0, "minimize: gradient_tol must be >= 0, got {}", gradient_tol);
  require(step_tol >= 0, "minimize: step_tol must be >= 0, got {}", step_tol);
  require(value_tol >= 0, "minimize: value_tol must be >= 0, got {}", value_tol);
  require(patience >= 1, "minimize: patience must be >= 1, got {}", patience);
  require(target == target, "minimize: target must be a number, got nan");
  require(max_iterations >= 0, "minimize: max_iterations must be >= 0, got {}", max_iterations);
  require(max_evaluations >= 1, "minimize: max_evaluations must be >= 1, got {}", max_evaluations);
  require(max_seconds > 0, "minimize: max_seconds must be > 0, got {}", max_seconds);
}

}  // namespace mathtool::opt
