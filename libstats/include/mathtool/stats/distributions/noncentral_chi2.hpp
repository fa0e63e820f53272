#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Noncentral chi-squared distribution: the sum of `df` squared normal variables of variance 1, of
/// whose means the squares have the sum nc. A Poisson mixture of chi-squared distributions:
///     f(x) = ∑ exp(−nc/2) (nc/2)ʲ/j! f(x; df + 2j),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 29.
class NoncentralChi2 {
 public:
  static constexpr std::string_view name = "noncentral_chi2";
  static constexpr std::string_view summary = "sum of squared normal variables with means";
  static constexpr std::array parameters{
      Parameter{"df", Domain::positive, "degrees of freedom"},
      Parameter{"nc", Domain::non_negative, "sum of the squared means"}};

  NoncentralChi2(double df, double nc);

  std::array<double, 2> values() const { return {df_, nc_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return df_ + nc_; }
  Extended variance() const { return 2 * (df_ + 2 * Extended(nc_)); }
  double skewness() const;
  double kurtosis() const;

 private:
  double df_, nc_;
};

}  // namespace mathtool::stats
