#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Gumbel distribution: the largest of many values.
///     f(x) = exp(−z − e⁻ᶻ) / scale,   z = (x − location) / scale
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 22.
class Gumbel {
 public:
  static constexpr std::string_view name = "gumbel";
  static constexpr std::string_view summary = "the largest of many values";
  static constexpr std::array parameters{Parameter{"location", Domain::real, "the mode", 0.0},
                                         Parameter{"scale", Domain::positive, "sd √6/π", 1.0}};

  explicit Gumbel(double location = 0.0, double scale = 1.0);

  std::array<double, 2> values() const { return {location_, scale_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const { return 1.1395470994046486575; }  // 12 √6 ζ(3)/π³
  double kurtosis() const { return 2.4; }
  double mode() const { return location_; }
  double entropy() const;

 private:
  Extended z(Extended x) const { return (x - location_) / scale_; }

  double location_, scale_;
};

}  // namespace mathtool::stats
