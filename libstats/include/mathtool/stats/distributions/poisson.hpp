#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Poisson distribution: the number of events at a constant rate.
///     f(k) = meanᵏ exp(−mean) / k!,   k = 0, 1, …
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 4.
class Poisson {
 public:
  static constexpr std::string_view name = "poisson";
  static constexpr std::string_view summary = "events at a constant rate";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"mean", Domain::non_negative, "mean number of events"}};

  explicit Poisson(double mean);

  std::array<double, 1> values() const { return {mean_}; }
  Interval support() const { return {0, mean_ == 0 ? 0 : infinity}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended log_tail(Extended k, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return mean_; }
  Extended variance() const { return mean_; }
  double skewness() const { return mean_ == 0 ? not_a_number : 1 / std::sqrt(mean_); }
  double kurtosis() const { return mean_ == 0 ? not_a_number : 1 / mean_; }
  double mode() const;
  double entropy() const;

 private:
  double mean_;
};

}  // namespace mathtool::stats
