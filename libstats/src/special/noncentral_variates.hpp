#pragma once

#include <cmath>

#include "mathtool/stats/variates.hpp"
#include "special/discrete_variates.hpp"

namespace mathtool::stats {

/// A chi-squared variate whose degrees of freedom a Poisson variate raises, or one of df − 1 and a
/// squared normal one.
inline double noncentral_chi2_variate(double df, double nc, math::Philox& random) {
  if (df < 1) return 2 * gamma_variate(df / 2 + poisson_variate(nc / 2, random), random);
  const double z = normal_variate(random) + std::sqrt(nc);
  return z * z + (df > 1 ? 2 * gamma_variate((df - 1) / 2, random) : 0);
}

}  // namespace mathtool::stats
