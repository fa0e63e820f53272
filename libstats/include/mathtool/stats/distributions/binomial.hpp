#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Binomial distribution: the number of successes in independent trials.
///     f(k) = C(trials, k) pᵏ (1 − p)^(trials − k),   k = 0 … trials
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 3.
class Binomial {
 public:
  static constexpr std::string_view name = "binomial";
  static constexpr std::string_view summary = "successes in independent trials";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"trials", Domain::count, "number of trials"},
      Parameter{"p", Domain::probability, "probability of a success"}};

  Binomial(double trials, double p);

  std::array<double, 2> values() const { return {trials_, p_}; }
  Interval support() const { return {p_ == 1 ? trials_ : 0, p_ == 0 ? 0 : trials_}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended log_tail(Extended k, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return trials_ * p_; }
  Extended variance() const { return Extended(trials_) * p_ * (1 - Extended(p_)); }
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  Extended q() const { return 1 - Extended(p_); }

  double trials_, p_;
};

}  // namespace mathtool::stats
