#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Bernoulli distribution: one trial, 1 for success and 0 for failure.
///     f(1) = p,   f(0) = 1 − p
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, section 3.1.
class Bernoulli {
 public:
  static constexpr std::string_view name = "bernoulli";
  static constexpr std::string_view summary = "one trial: 1 for success, 0 for failure";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"p", Domain::probability, "probability of a success"}};

  explicit Bernoulli(double p);

  std::array<double, 1> values() const { return {p_}; }
  Interval support() const { return {p_ == 1 ? 1.0 : 0.0, p_ == 0 ? 0.0 : 1.0}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const { return math::uniform(random) < p_ ? 1 : 0; }

  double mean() const { return p_; }
  Extended variance() const { return p_ * (1 - Extended(p_)); }
  double skewness() const;
  double kurtosis() const;
  double mode() const { return p_ > 0.5 ? 1 : 0; }
  double entropy() const;

 private:
  double p_;
};

}  // namespace mathtool::stats
