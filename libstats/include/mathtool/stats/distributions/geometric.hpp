#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Geometric distribution: the failures before the first success.
///     f(k) = p (1 − p)ᵏ,   k = 0, 1, …
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 5.
class Geometric {
 public:
  static constexpr std::string_view name = "geometric";
  static constexpr std::string_view summary = "failures before the first success";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"p", Domain::positive_probability, "probability of a success"}};

  explicit Geometric(double p);

  std::array<double, 1> values() const { return {p_}; }
  Interval support() const { return {0, p_ == 1 ? 0 : infinity}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended log_tail(Extended k, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return (1 - p_) / p_; }
  Extended variance() const { return (1 - Extended(p_)) / p_ / p_; }
  double skewness() const;
  double kurtosis() const;
  double mode() const { return 0; }
  double entropy() const;

 private:
  Extended log_failure() const { return std::log1p(-static_cast<Extended>(p_)); }

  double p_;
};

}  // namespace mathtool::stats
