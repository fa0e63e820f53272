#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Lognormal distribution: the limit of products; its logarithm is normal.
///     f(x) = exp(−z²/2) / (x sigma √(2π)),   z = (log x − mu) / sigma,   x > 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 14.
class Lognormal {
 public:
  static constexpr std::string_view name = "lognormal";
  static constexpr std::string_view summary = "the limit of products; its logarithm is normal";
  static constexpr std::array parameters{
      Parameter{"mu", Domain::real, "mean of log x", 0.0},
      Parameter{"sigma", Domain::positive, "standard deviation of log x", 1.0}};

  explicit Lognormal(double mu = 0.0, double sigma = 1.0);

  std::array<double, 2> values() const { return {mu_, sigma_}; }
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
  Extended z(Extended x) const { return (std::log(x) - mu_) / sigma_; }

  double mu_, sigma_;
};

}  // namespace mathtool::stats
