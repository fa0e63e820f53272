#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Inverse Gaussian (Wald) distribution: when a Brownian motion with drift first reaches a level.
///     f(x) = √(shape/(2π x³)) exp(−shape (x − mean)² / (2 mean² x)),   x > 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 15; sampler:
/// Michael, Schucany & Haas (1976).
class InverseGaussian {
 public:
  static constexpr std::string_view name = "inverse_gaussian";
  static constexpr std::string_view summary = "when a Brownian motion first reaches a level";
  static constexpr std::array parameters{
      Parameter{"mean", Domain::positive, "mean of the distribution"},
      Parameter{"shape", Domain::positive, "mean³ / variance, in units of x"}};

  InverseGaussian(double mean, double shape);

  std::array<double, 2> values() const { return {mean_, shape_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return mean_; }
  Extended variance() const;
  double skewness() const { return static_cast<double>(3 * std::sqrt(mean_ / Extended(shape_))); }
  double kurtosis() const { return static_cast<double>(15 * (mean_ / Extended(shape_))); }
  double mode() const;
  double entropy() const;

 private:
  /// shape (x − mean)² / (2 mean² x).
  Extended exponent(Extended x) const;
  /// A tail over exp(−exponent(x)).
  Extended scaled_tail(Extended x, Tail tail) const;

  double mean_, shape_;
};

}  // namespace mathtool::stats
