#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Inverse gamma distribution: the reciprocal of a gamma variable; the prior of a variance.
///     f(x) = scale^shape exp(−scale/x) / (Γ(shape) x^(shape + 1)),   x > 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17.
class InverseGamma {
 public:
  static constexpr std::string_view name = "inverse_gamma";
  static constexpr std::string_view summary = "reciprocal of a gamma variable";
  static constexpr std::array parameters{
      Parameter{"shape", Domain::positive, "the power with which the upper tail falls"},
      Parameter{"scale", Domain::positive, "in units of x", 1.0}};

  explicit InverseGamma(double shape, double scale = 1.0);

  std::array<double, 2> values() const { return {shape_, scale_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  double shape_, scale_;
};

}  // namespace mathtool::stats
