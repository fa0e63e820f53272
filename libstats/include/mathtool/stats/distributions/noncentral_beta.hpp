#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Noncentral beta distribution: X/(X + Y) of a noncentral chi-squared X with 2a and a chi-squared
/// Y with 2b degrees of freedom. A Poisson mixture of beta distributions:
///     f(x) = ∑ exp(−nc/2) (nc/2)ʲ/j! f(x; a + j, b),   0 ≤ x ≤ 1
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 30.
class NoncentralBeta {
 public:
  static constexpr std::string_view name = "noncentral_beta";
  static constexpr std::string_view summary = "share of a noncentral chi-squared variable";
  static constexpr std::array parameters{Parameter{"a", Domain::positive, "the weight towards 1"},
                                         Parameter{"b", Domain::positive, "the weight towards 0"},
                                         Parameter{"nc", Domain::non_negative, "noncentrality"}};

  NoncentralBeta(double a, double b, double nc);

  std::array<double, 3> values() const { return {a_, b_, nc_}; }
  Interval support() const { return {0, 1}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  double mean() const;
  Extended variance() const { return central_moment(2); }
  double skewness() const;
  double kurtosis() const;

 private:
  Extended central_moment(int power) const;

  double a_, b_, nc_;
};

}  // namespace mathtool::stats
