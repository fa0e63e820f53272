#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Noncentral t distribution: Student's statistic where the mean is not 0. With z normal of mean nc
/// and w = ½ log(χ²/df):
///     f(x) = ∫ φ(x eʷ − nc) eʷ f(w) dw
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 31.
class NoncentralT {
 public:
  static constexpr std::string_view name = "noncentral_t";
  static constexpr std::string_view summary = "Student's statistic where the mean is not 0";
  static constexpr std::array parameters{Parameter{"df", Domain::positive, "degrees of freedom"},
                                         Parameter{"nc", Domain::real, "mean over its true error"}};

  NoncentralT(double df, double nc);

  std::array<double, 2> values() const { return {df_, nc_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;

 private:
  Extended scale() const { return 1 / std::sqrt(2 * Extended(df_) + 1); }

  double df_, nc_;
};

}  // namespace mathtool::stats
