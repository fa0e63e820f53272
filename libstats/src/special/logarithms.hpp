#pragma once

#include "mathtool/stats/distribution.hpp"
#include "special/constants.hpp"

namespace mathtool::stats {

/// log(x/y), exact to its last bits also where x ≈ y. Pre: x, y > 0, both doubles.
inline Extended log_ratio(Extended x, Extended y) {
  return std::abs(x - y) < y / 2 ? std::log1p((x - y) / y) : std::log(x / y);
}

/// The logarithm of P(X ≤ x) where the tail has probability p.
inline Extended log_remainder(Extended p, Tail tail) {
  return tail == Tail::lower ? std::log(p) : std::log1p(-p);
}

/// What density a law with f(x) ~ (limit) x^(power) has at 0, as a logarithm.
inline Extended log_density_at_zero(Extended power, Extended log_limit) {
  return power == 0 ? log_limit : -power * std::numeric_limits<Extended>::infinity();
}

}  // namespace mathtool::stats
