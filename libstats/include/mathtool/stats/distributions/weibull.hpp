#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Weibull distribution: the life of what breaks at its weakest link.
///     f(x) = shape/x zˢ exp(−zˢ),   z = x / scale,   s = shape,   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 21.
class Weibull {
 public:
  static constexpr std::string_view name = "weibull";
  static constexpr std::string_view summary = "the life of what breaks at its weakest link";
  static constexpr std::array parameters{
      Parameter{"shape", Domain::positive, "above 1 where things wear out"},
      Parameter{"scale", Domain::positive, "life that 1/e of them reach", 1.0}};

  explicit Weibull(double shape, double scale = 1.0);

  std::array<double, 2> values() const { return {shape_, scale_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  /// log zˢ, of which the exponential is exponential.
  Extended log_energy(Extended x) const;
  /// E ((X/mean) − 1)ᵏ.
  Extended relative_moment(int power) const;

  double shape_, scale_;
};

}  // namespace mathtool::stats
