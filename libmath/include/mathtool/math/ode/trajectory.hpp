#pragma once

#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The solution of a differential equation as a function of t: one polynomial for each step.
class Trajectory {
 public:
  Trajectory() = default;

  bool empty() const { return steps_.empty(); }
  double start() const;  ///< NaN when empty
  double end() const;    ///< NaN when empty

  /// y(t), size n; NaN outside [start, end].           Cost: O(n + log(steps)).
  Vec operator()(double t) const;

  /// The ends of the steps in the order taken, the start included.
  std::vector<double> times() const;

  /// Adds y(t + θ·length) = Σ coefficients.col(k) θᵏ, 0 ≤ θ ≤ 1. Pre: t is the end so far.
  void append(double t, double length, Mat coefficients);

 private:
  struct Step {
    double t, length;
    Mat coefficients;  ///< n × (degree + 1)
  };
  std::vector<Step> steps_;
};

}  // namespace mathtool::math
