#pragma once

#include <cstdint>
#include <string>

#include "linearization.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"

namespace mathtool::opt {

/// How a descent measures its steps.
struct DescentScale {
  /// false: parameters by the lengths of their columns of J (Moré). true: by their own sizes, so
  /// that no step changes all of them beyond recognition.
  bool relative = false;
  double first_radius = 1;  ///< the longest first step, in sizes of the start
};

/// One way down, from one start.
struct Descent {
  Vec x = {};
  Linearization at = {};     ///< at x
  double orthogonality = 0;  ///< cosine between r and the plane of J
  std::int64_t iterations = 0;
  Status status = Status::out_of_budget;
  std::string reason = {};
};

Descent descend(ResidualReduction& residuals, const Vec& start, const DescentScale& scale,
                const LevenbergMarquardtOptions& options);

}  // namespace mathtool::opt
