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
  // Below it squares lose digits to the end of the range of doubles, and then all of them.
  constexpr double least_squares = 1e-290;
  require<InsufficientDataError>(x.squares() == 0 || x.squares() >= least_squares,
                                 "values differ by too little for their squares; multiply them by "
                                 "a power of ten");
}

/// Pre: x is not empty.
inline void require_spread(bool spread, const Moments& x) {
  const bool tiny = std::abs(x.mean()) < 1e-140 && x.mean() != 0;
  require<InsufficientDataError>(
      spread, "all values equal {}{}; a test needs some that differ from each other", x.mean(),
      tiny ? ", or their squares are below the range of numbers" : "");
}

/// x̄ − ȳ from means to twice the working precision.
inline double difference_of_means(const Moments& x, const Moments& y) {
  return static_cast<double>(x.precise_mean() - y.precise_mean());
}

}  // namespace mathtool::stats
