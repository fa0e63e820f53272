#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Distribution of Kolmogorov and Smirnov's two-sided statistic of one sample,
///     Dₙ = max |Fₙ(x) − F(x)|,   1/(2n) ≤ Dₙ ≤ 1,
/// with Fₙ the distribution function of n independent observations from a continuous F. For every
/// n, not only in the limit.
/// Error:   below 1e-13 relative, in both tails.
/// Ref:     Simard & L'Ecuyer, Computing the two-sided Kolmogorov-Smirnov distribution (2011).
class KolmogorovSmirnov {
 public:
  static constexpr std::string_view name = "ks";
  static constexpr std::string_view summary = "the largest distance of a sample from its law";
  static constexpr std::array parameters{
      Parameter{"n", Domain::count, "number of observations, at least 1"}};

  explicit KolmogorovSmirnov(double n);

  std::array<double, 1> values() const { return {n_}; }
  Interval support() const { return {0.5 / n_, 1}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;

 private:
  /// Whether Dₙ ≥ x is found from the one-sided statistic.
  bool is_upper(Extended x) const;

  double n_;
};

}  // namespace mathtool::stats
