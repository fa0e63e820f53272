#pragma once

#include <cmath>

namespace mathtool::cli {

/// Whether a variance that is not 0 has all its digits: squares have neither overflowed nor come so
/// near to underflow that some are lost.
inline bool squares_fit(double variance) {
  constexpr double least = 1e-290;
  return variance >= least && std::isfinite(variance);
}

}  // namespace mathtool::cli
