#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Discrete uniform distribution: whole numbers from low to high, equally likely.
///     f(k) = 1/(high − low + 1)
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, section 6.10.1.
class DiscreteUniform {
 public:
  static constexpr std::string_view name = "discrete_uniform";
  static constexpr std::string_view summary = "whole numbers, equally likely";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{Parameter{"low", Domain::whole, "the lowest"},
                                         Parameter{"high", Domain::whole, "the highest"}};

  DiscreteUniform(double low, double high);

  std::array<double, 2> values() const { return {low_, high_}; }
  Interval support() const { return {low_, high_}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return low_ / 2 + high_ / 2; }
  Extended variance() const;
  double skewness() const { return low_ == high_ ? not_a_number : 0; }
  double kurtosis() const;
  double mode() const { return low_; }
  double entropy() const;

 private:
  Extended count() const { return static_cast<Extended>(high_) - low_ + 1; }

  double low_, high_;
};

}  // namespace mathtool::stats
