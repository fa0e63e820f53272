#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Laplace distribution: the difference of two exponential variables.
///     f(x) = exp(−|z|) / (2 scale),   z = (x − location) / scale
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 24.
class Laplace {
 public:
  static constexpr std::string_view name = "laplace";
  static constexpr std::string_view summary = "difference of two waiting times";
  static constexpr std::array parameters{
      Parameter{"location", Domain::real, "centre of the distribution", 0.0},
      Parameter{"scale", Domain::positive, "mean distance from the centre", 1.0}};

  explicit Laplace(double location = 0.0, double scale = 1.0);

  std::array<double, 2> values() const { return {location_, scale_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return location_; }
  Extended variance() const { return 2 * Extended(scale_) * scale_; }
  double skewness() const { return 0; }
  double kurtosis() const { return 3; }
  double mode() const { return location_; }
  double entropy() const;

 private:
  Extended z(Extended x) const { return (x - location_) / scale_; }

  double location_, scale_;
};

}  // namespace mathtool::stats
