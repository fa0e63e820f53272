#pragma once

#include <cmath>
#include <span>

#include "mathtool/math/double_double.hpp"

namespace mathtool::math {

/// A running sum that carries the rounding error of every addition along.
///
/// Error: |computed − Σx| ≤ u |Σx| + n² u² Σ|x| with u = 2⁻⁵³; an infinite or NaN term gives what
///        plain addition gives.
/// Ref:   Neumaier (1974); Ogita, Rump & Oishi, Accurate sum and dot product (2005), Algorithm 4.4.
class CompensatedSum {
 public:
  CompensatedSum() = default;
  explicit CompensatedSum(double start) : sum_(start) {}

  CompensatedSum& operator+=(double x) {
    const DoubleDouble s = two_sum(sum_, x);
    sum_ = s.high;
    error_ += s.low;
    return *this;
  }

  CompensatedSum& operator+=(const CompensatedSum& other) {
    error_ += other.error_;
    return *this += other.sum_;
  }

  double value() const { return std::isfinite(sum_) ? sum_ + error_ : sum_; }

  /// The sum to twice the working precision.
  DoubleDouble exact() const { return two_sum(sum_, error_); }

 private:
  double sum_ = 0.0;
  double error_ = 0.0;
};

/// Σ x, as if in twice the working precision and then rounded.
inline double compensated_sum(std::span<const double> x) {
  CompensatedSum sum;
  for (double term : x) sum += term;
  return sum.value();
}

}  // namespace mathtool::math
