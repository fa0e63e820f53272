#pragma once

#include <Eigen/LU>
#include <functional>

#include "counted_slope.hpp"
#include "radau_coefficients.hpp"

namespace mathtool::math {

/// One step of the Radau IIA method at a time: implicit, for stiff equations.
class RadauStep {
 public:
  static constexpr bool implicit = true;

  using Jacobian = std::function<Mat(double t, const Vec& y)>;

  /// An empty `jacobian` is replaced by differences.
  RadauStep(const RadauCoefficients& method, const Jacobian& jacobian, CountedSlope& f,
            StepTolerance tolerance, Index n);

  /// Tries a step of length h from (t, y) with f(t, y) = slope. False where f is not finite or
  /// Newton's method does not find the stages.
  bool attempt(double t, const Vec& y, const Vec& slope, double h);

  // What the last attempt that was true left:
  Vec increment() const { return z_.col(z_.cols() - 1); }  ///< y(t + h) − y(t)
  const Vec& new_slope() const { return new_slope_; }      ///< f at the end
  double error() const { return error_; }  ///< in units of the tolerance: a step ≤ 1 is good
  Mat polynomial() const;                  ///< as `Trajectory` takes it

  double step_exponent() const { return 1.0 / static_cast<double>(method_.c.size() + 1); }
  double most_growth() const { return 8.0; }
  bool stiff() const { return false; }  ///< there is no better method to turn to

 private:
  Mat jacobian_at(double t, const Vec& y, const Vec& slope);
  void predict(double h);
  bool solve_stages(double h);
  void estimate_error(const Vec& slope, double h);

  const RadauCoefficients& method_;
  const Jacobian& given_jacobian_;
  CountedSlope& f_;
  StepTolerance tolerance_;
  double t_ = 0, last_good_h_ = 0, error_ = 0;
  Vec y_, new_slope_;
  Mat jacobian_;
  double jacobian_t_;    ///< where jacobian_ was taken; NaN before
  Mat z_;                ///< n × s, stage − y
  Mat slopes_;           ///< n × s, f at the stages
  Mat last_polynomial_;  ///< n × s, of the last good step; empty before
  Eigen::PartialPivLU<Mat> stage_lu_;
};

}  // namespace mathtool::math
