#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Chi-squared distribution: the sum of `df` squared standard normal variables.
///     f(x) = x^(df/2 − 1) exp(−x/2) / (2^(df/2) Γ(df/2)),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 18.
class ChiSquared {
 public:
  static constexpr std::string_view name = "chi_squared";
  static constexpr std::array<std::string_view, 1> aliases{"chi2"};
  static constexpr std::string_view summary = "sum of squared standard normal variables";
  static constexpr std::array parameters{Parameter{"df", Domain::positive, "degrees of freedom"}};

  explicit ChiSquared(double df);

  std::array<double, 1> values() const { return {df_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return df_; }
  Extended variance() const { return 2 * Extended(df_); }
  double skewness() const { return std::sqrt(8 / df_); }
  double kurtosis() const { return 12 / df_; }
  double mode() const { return df_ > 2 ? df_ - 2 : 0; }
  double entropy() const;

 private:
  Extended half_df() const { return Extended(df_) / 2; }

  double df_;
};

}  // namespace mathtool::stats
