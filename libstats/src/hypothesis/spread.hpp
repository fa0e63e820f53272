#pragma once

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

/// What samples must have so that a test makes sense, said in the user's words.
namespace mathtool::stats {

inline void require_values(const Moments& x, double least) {
  require<InsufficientDataError>(x.weight() >= least,
                                 "a sample has {} value{}; the test needs at least {}", x.weight(),
                                 x.weight() == 1 ? "" : "s", least);
  require<InsufficientDataError>(std::isfinite(x.mean()) && std::isfinite(x.squares()),
                                 "values are infinite, or too large for their squares");
}

/// Pre: x is not empty.
inline void require_spread(bool spread, const Moments& x) {
  require<InsufficientDataError>(
      spread, "all values equal {}; a test needs some that differ from each other", x.mean());
}

/// x̄ − ȳ from means to twice the working precision.
inline double difference_of_means(const Moments& x, const Moments& y) {
  return static_cast<double>(x.precise_mean() - y.precise_mean());
}

}  // namespace mathtool::stats
