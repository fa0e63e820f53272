#pragma once

#include <string>

#include "counted_slope.hpp"

namespace mathtool::math {

/// How one run through the interval is to be made.
struct OdeRunSettings {
  OdeMethod method;  ///< not `automatic`
  bool may_turn_implicit;
  StepTolerance tolerance;
  double most_step;   ///< |h| ≤ most_step
  double negligible;  ///< a change of y that a jump of f may make within the resolution of t
  bool keep_trajectory;
  StepTolerance goal;  ///< of the whole solution
  double samples;      ///< at which f is looked at between steps
  std::function<Mat(double t, const Vec& y)> jacobian;
};

struct OdeRun {
  double t;
  Vec y;
  Vec largest;  ///< n, the largest |yᵢ| on the way
  Trajectory trajectory = {};
  OdeMethod method;
  double step_tolerance;  ///< relative, of the last steps
  std::int64_t steps = 0;
  Status status = Status::converged;  ///< converged: t1 was reached
  std::string reason = {};
};

/// Steps from t0 to t1 with the size that the tolerance asks for.
OdeRun run_ode(CountedSlope& f, double t0, const Vec& y0, double t1,
               const OdeRunSettings& settings);

}  // namespace mathtool::math
