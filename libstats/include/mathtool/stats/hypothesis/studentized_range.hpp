#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Distribution of the studentized range: (max − min) / s of k normal means of one variance, whose
/// estimate s² has df degrees of freedom.
///     P(Q > q) = ∫ P(W > q s) f(s) ds,   W the range of k standard normal variables
///     P(W > w) = k ∫ φ(z) Φ(z)ᵏ⁻¹ (1 − (1 − Φ(z − w)/Φ(z))ᵏ⁻¹) dz
/// All terms are positive, so that small probabilities keep their digits.
///
/// Throws:  DomainError unless k is a whole number ≥ 2 and df > 0; df may be infinite.
/// Error:   below 1e-13 relative for k ≤ 100, of the upper tail down to 1e-290.
/// Cost:    some ms, more for few degrees of freedom; a quantile ten times that.
/// Ref:     Tukey, The problem of multiple comparisons (1953); Copenhaver & Holland, Computation of
///          the distribution of the maximum studentized range statistic (1988).
class StudentizedRange {
 public:
  StudentizedRange(double k, double df);

  double survival(double q) const;
  double cdf(double q) const;
  /// The q that is exceeded with this probability. Throws: DomainError unless 0 < p < 1.
  double quantile_survival(double p) const;

 private:
  double k_, df_;
};

}  // namespace mathtool::stats
