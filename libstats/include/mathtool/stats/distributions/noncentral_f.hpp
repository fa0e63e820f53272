#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Noncentral F distribution: the F test's statistic where the hypothesis is wrong. With
/// u = df1 x / (df1 x + df2) noncentral beta:
///     f(x) = ∑ exp(−nc/2) (nc/2)ʲ/j! u^(a + j) (1 − u)ᵇ / (x B(a + j, b)),   a = df1/2, b = df2/2,
///     x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 30.
class NoncentralF {
 public:
  static constexpr std::string_view name = "noncentral_f";
  static constexpr std::string_view summary = "the F statistic where the hypothesis is wrong";
  static constexpr std::array parameters{
      Parameter{"df1", Domain::positive, "degrees of freedom of the numerator"},
      Parameter{"df2", Domain::positive, "degrees of freedom of the denominator"},
      Parameter{"nc", Domain::non_negative, "noncentrality of the numerator"}};

  NoncentralF(double df1, double df2, double nc);

  std::array<double, 3> values() const { return {df1_, df2_, nc_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;

 private:
  Extended share(Extended x) const { return df1_ * x / (df1_ * x + df2_); }
  Extended rest(Extended x) const { return df2_ / (df1_ * x + df2_); }

  double df1_, df2_, nc_;
};

}  // namespace mathtool::stats
