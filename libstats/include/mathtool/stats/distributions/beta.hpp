#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Beta distribution: a proportion; the share of one gamma variable in the sum of two.
///     f(x) = x^(a − 1) (1 − x)^(b − 1) / B(a, b),   0 ≤ x ≤ 1
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 25.
class Beta {
 public:
  static constexpr std::string_view name = "beta";
  static constexpr std::string_view summary = "a proportion";
  static constexpr std::array parameters{Parameter{"a", Domain::positive, "the weight towards 1"},
                                         Parameter{"b", Domain::positive, "the weight towards 0"}};

  Beta(double a, double b);

  std::array<double, 2> values() const { return {a_, b_}; }
  Interval support() const { return {0, 1}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;
  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  double a_, b_;
};

}  // namespace mathtool::stats
