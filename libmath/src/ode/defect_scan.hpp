#pragma once

#include <optional>

#include "counted_slope.hpp"

namespace mathtool::math {

/// Looks between the stages of a step for what all of them missed, a short pulse of f: there the
/// polynomial that the step left does not obey the equation.
///     defect(θ) = f(t + θh, p(θ)) − p′(θ)/h
/// Spread over the interval at places that follow no period, `samples` in all.
class DefectScan {
 public:
  /// A defect counts where it is above `share` of the slopes around it, and would, if it lasted
  /// over the step, change y by more than `goal` allows.
  DefectScan(CountedSlope& f, double span, double samples, StepTolerance goal, double share)
      : f_(f), span_(span), samples_(samples), goal_(goal), share_(share) {}

  /// The least θ in (0, 1) with a defect that counts, of a step from t by h.
  /// Shapes: polynomial is n × (degree + 1) as `Trajectory` takes it, largest n: max |yᵢ| so far.
  std::optional<double> first_defect(const Mat& polynomial, double t, double h, const Vec& largest);

  /// Whether a step so long holds a sample at all.
  bool covers(double h) const { return samples_ * std::abs(h) >= span_; }

 private:
  CountedSlope& f_;
  double span_, samples_;
  StepTolerance goal_;
  double share_;
};

}  // namespace mathtool::math
