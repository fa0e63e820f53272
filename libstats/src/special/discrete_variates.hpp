#pragma once

#include "mathtool/math/random/philox.hpp"

namespace mathtool::stats {

/// Exact but for the rounding of doubles, also for a mean of 1e300.
/// Cost:    constant; below a mean of 10 it grows with the mean.
/// Ref:     Hörmann, The transformed rejection method for generating Poisson random variables
///          (1993), algorithm PTRS; The generation of binomial random variates (1993), BTRS.
double poisson_variate(double mean, math::Philox& random);
double binomial_variate(double trials, double p, math::Philox& random);

/// Ref:     Stadlober, The ratio of uniforms approach for generating discrete random variates
///          (1990), algorithm HRUE.
double hypergeometric_variate(double population, double successes, double draws,
                              math::Philox& random);

}  // namespace mathtool::stats
