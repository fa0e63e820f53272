#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Rayleigh distribution: the length of a vector of two normal components.
///     f(x) = x exp(−z²/2) / scale²,   z = x / scale,   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 18.
class Rayleigh {
 public:
  static constexpr std::string_view name = "rayleigh";
  static constexpr std::string_view summary = "the length of a vector of two normal components";
  static constexpr std::array parameters{
      Parameter{"scale", Domain::positive, "sd of a component; the mode"}};

  explicit Rayleigh(double scale);

  std::array<double, 1> values() const { return {scale_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const { return 0.63111065781893713819; }  // 2 √π (π − 3)/(4 − π)^(3/2)
  double kurtosis() const { return 0.24508930068763806291; }  // −(6π² − 24π + 16)/(4 − π)²
  double mode() const { return scale_; }
  double entropy() const;

 private:
  /// z²/2, which is exponential.
  Extended energy(Extended x) const { return x / scale_ * (x / scale_) / 2; }

  double scale_;
};

}  // namespace mathtool::stats
