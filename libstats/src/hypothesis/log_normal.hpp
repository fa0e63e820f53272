#pragma once

#include <cmath>

#include "../special/normal_tails.hpp"

namespace mathtool::stats {

/// The logarithm of a tail of the standard normal distribution, for every z.
inline Extended log_normal_probability(Extended z, Tail tail) {
  const Tails tails = normal_tails(z);
  if (tails[tail] > 0.5L) return std::log1p(-tails[opposite(tail)]);
  return tails[tail] > 1e-300L ? std::log(tails[tail]) : log_normal_tail(z, tail);
}

}  // namespace mathtool::stats
