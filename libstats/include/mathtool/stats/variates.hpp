#pragma once

#include <span>

#include "mathtool/math/random/philox.hpp"

namespace mathtool::stats {

/// Variates of the standard distributions, the same bits on every platform; arrays get the same as
/// one by one.

/// Ref: Marsaglia & Tsang, The ziggurat method for generating random variables (2000).
double normal_variate(math::Philox& random);
void normal_variates(math::Philox& random, std::span<double> out);

/// By inversion. One draw.
double exponential_variate(math::Philox& random);
void exponential_variates(math::Philox& random, std::span<double> out);

/// Each the sum of n of them, of which the logarithm of a product takes one for 16.
/// Pre: n ≥ 1. n draws for each.
void exponential_sums(math::Philox& random, std::size_t n, std::span<double> out);

/// Of scale 1. Pre: shape > 0.
/// Ref: Marsaglia & Tsang, A simple method for generating gamma variables (2000).
double gamma_variate(double shape, math::Philox& random);

}  // namespace mathtool::stats
