#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Normal (Gaussian) distribution: the limit law of sums.
///     f(x) = exp(−z²/2) / (sd √(2π)),   z = (x − mean) / sd
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 13.
class Normal {
 public:
  static constexpr std::string_view name = "normal";
  static constexpr std::string_view summary = "the limit of sums; errors of measurement";
  static constexpr std::array parameters{
      Parameter{"mean", Domain::real, "centre of the distribution", 0.0},
      Parameter{"sd", Domain::positive, "standard deviation", 1.0}};

  explicit Normal(double mean = 0.0, double sd = 1.0);

  std::array<double, 2> values() const { return {mean_, sd_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;
  void sample(math::Philox& random, std::span<double> out) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return mean_; }
  Extended variance() const { return Extended(sd_) * sd_; }
  double skewness() const { return 0; }
  double kurtosis() const { return 0; }
  double mode() const { return mean_; }
  double entropy() const;

 private:
  Extended z(Extended x) const { return (x - mean_) / sd_; }

  double mean_, sd_;
};

}  // namespace mathtool::stats
