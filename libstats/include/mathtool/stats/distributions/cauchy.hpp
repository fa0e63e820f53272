#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Cauchy distribution: the ratio of two normal variables; it has no mean.
///     f(x) = 1 / (π scale (1 + z²)),   z = (x − location) / scale
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 16.
class Cauchy {
 public:
  static constexpr std::string_view name = "cauchy";
  static constexpr std::string_view summary = "ratio of two normal variables; no mean";
  static constexpr std::array parameters{
      Parameter{"location", Domain::real, "centre of the distribution", 0.0},
      Parameter{"scale", Domain::positive, "half the width at half the height", 1.0}};

  explicit Cauchy(double location = 0.0, double scale = 1.0);

  std::array<double, 2> values() const { return {location_, scale_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return not_a_number; }
  Extended variance() const { return not_a_number; }
  double skewness() const { return not_a_number; }
  double kurtosis() const { return not_a_number; }
  double mode() const { return location_; }
  double entropy() const;

 private:
  Extended z(Extended x) const { return (x - location_) / scale_; }

  double location_, scale_;
};

}  // namespace mathtool::stats
