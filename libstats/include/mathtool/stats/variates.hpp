#pragma once

#include "mathtool/math/random/philox.hpp"

namespace mathtool::stats {

/// Variates of the standard distributions, the same bits on every platform. Tables are made at the
/// first call.
/// Ref: Marsaglia & Tsang, The ziggurat method for generating random variables (2000).
double normal_variate(math::Philox& random);
double exponential_variate(math::Philox& random);

/// Of scale 1. Pre: shape > 0.
/// Ref: Marsaglia & Tsang, A simple method for generating gamma variables (2000).
double gamma_variate(double shape, math::Philox& random);

}  // namespace mathtool::stats
