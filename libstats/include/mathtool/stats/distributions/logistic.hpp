#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Logistic distribution: the law of log-odds of a uniform probability.
///     f(x) = e⁻ᶻ / (scale (1 + e⁻ᶻ)²),   z = (x − location) / scale
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 23.
class Logistic {
 public:
  static constexpr std::string_view name = "logistic";
  static constexpr std::string_view summary = "log-odds; growth that saturates";
  static constexpr std::array parameters{
      Parameter{"location", Domain::real, "centre of the distribution", 0.0},
      Parameter{"scale", Domain::positive, "sd √3/π", 1.0}};

  explicit Logistic(double location = 0.0, double scale = 1.0);

  std::array<double, 2> values() const { return {location_, scale_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return location_; }
  Extended variance() const;
  double skewness() const { return 0; }
  double kurtosis() const { return 1.2; }
  double mode() const { return location_; }
  double entropy() const { return std::log(scale_) + 2; }

 private:
  Extended z(Extended x) const { return (x - location_) / scale_; }

  double location_, scale_;
};

}  // namespace mathtool::stats
