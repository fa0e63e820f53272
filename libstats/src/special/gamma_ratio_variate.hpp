#pragma once

#include <cmath>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/variates.hpp"

namespace mathtool::stats {

/// A gamma variate over another one, neither of which need be a number that a double can hold.
inline double gamma_ratio_variate(double numerator, double denominator, math::Philox& random) {
  if (numerator >= 1 && denominator >= 1)
    return gamma_variate(numerator, random) / gamma_variate(denominator, random);
  const auto log_variate = [&](double shape) {
    return std::log(gamma_variate(shape + 1, random)) + std::log(math::uniform(random)) / shape;
  };
  const double above = log_variate(numerator);
  return std::exp(above - log_variate(denominator));
}

}  // namespace mathtool::stats
