#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/fourth_norm.hpp"

namespace mathtool::stats {

/// A covariance pulled towards a multiple of the identity, so that few rows of many columns give a
/// matrix that can be inverted:
///
///     (1 − shrinkage) S + shrinkage · target · I,   target = tr S / p
///
/// with S of divisor n, as the papers and scikit-learn define it.
struct ShrunkCovariance {
  Vec mean = {};           ///< p
  Mat matrix = {};         ///< p × p; NaN for n < 1
  double shrinkage = 0.0;  ///< in [0, 1]
  double target = 0.0;     ///< the variance on the diagonal of the target
};

/// The intensity that is best for large n and p, estimated without assuming a distribution.
///
///     shrinkage = min(b, d) / d,   b = (Σ ‖x − x̄‖⁴ / n − ‖S‖²) / n,   d = ‖S − target · I‖²
///
/// Ref: Ledoit & Wolf, A well-conditioned estimator for large-dimensional covariance matrices
///      (2004).
ShrunkCovariance shrink_ledoit_wolf(const FourthNorm& rows);

/// The oracle approximating intensity, best for normal rows.
///
///     shrinkage = min(1, (a + t²) / ((n + 1) (a − t² / p))),   a = ‖S‖² / p²,   t = target
///
/// which leaves out the paper's terms in 1/p, as scikit-learn does.
/// Ref: Chen, Wiesel, Eldar & Hero, Shrinkage algorithms for MMSE covariance estimation (2010),
///      eq. 23.
ShrunkCovariance shrink_oas(const CovarianceEstimate& covariance);

}  // namespace mathtool::stats
