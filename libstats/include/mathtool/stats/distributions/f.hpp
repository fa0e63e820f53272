#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// F distribution: the ratio of two mean squares.
///     f(x) = u^(df1/2) (1 − u)^(df2/2) / (x B(df1/2, df2/2)),   u = df1 x / (df1 x + df2),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 27.
class F {
 public:
  static constexpr std::string_view name = "f";
  static constexpr std::string_view summary = "the ratio of two mean squares";
  static constexpr std::array parameters{
      Parameter{"df1", Domain::positive, "degrees of freedom of the numerator"},
      Parameter{"df2", Domain::positive, "degrees of freedom of the denominator"}};

  F(double df1, double df2);

  std::array<double, 2> values() const { return {df1_, df2_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  Extended a() const { return Extended(df1_) / 2; }
  Extended b() const { return Extended(df2_) / 2; }
  /// u and 1 − u.
  Extended share(Extended x) const { return df1_ * x / (df1_ * x + df2_); }
  Extended rest(Extended x) const { return df2_ / (df1_ * x + df2_); }

  double df1_, df2_;
};

}  // namespace mathtool::stats
