#pragma once

#include <vector>

#include "counted_slope.hpp"
#include "explicit_tableau.hpp"

namespace mathtool::math {

/// One step of an explicit Runge-Kutta method at a time.
class ExplicitStep {
 public:
  static constexpr bool implicit = false;

  ExplicitStep(const ExplicitTableau& tableau, CountedSlope& f, StepTolerance tolerance, Index n);

  /// Tries a step of length h from (t, y) with f(t, y) = slope. False where f is not finite.
  bool attempt(double t, const Vec& y, const Vec& slope, double h);

  // What the last attempt that was true left:
  const Vec& increment() const { return increment_; }      ///< y(t + h) − y(t)
  const Vec& new_slope() const { return slopes_[last_]; }  ///< f at the end
  double error() const { return error_; }  ///< in units of the tolerance: a step ≤ 1 is good
  Mat polynomial();                        ///< as `Trajectory` takes it

  double step_exponent() const { return 1.0 / tableau_.order; }
  double most_growth() const { return 6.0; }

  /// Stability, not accuracy, has limited the steps for a while.
  bool stiff() const { return stiff_steps_ >= 15; }

 private:
  Vec weighted(const SlopeWeights& weights) const;
  void watch_stiffness();

  const ExplicitTableau& tableau_;
  CountedSlope& f_;
  StepTolerance tolerance_;
  std::size_t last_;
  std::vector<Vec> slopes_;
  Vec y_, stage_, before_last_stage_, increment_;
  double t_ = 0, h_ = 0, error_ = 0;
  int stiff_steps_ = 0, mild_steps_ = 0;
};

}  // namespace mathtool::math
