#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/random/philox.hpp"

namespace mathtool::math {

/// A double in the open interval (0, 1): the midpoints of 2⁵² equal cells, so that neither end nor
/// a logarithm of 0 can occur. One draw.
inline double uniform(Philox& random) {
  return (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52;
}

/// The next ones, as the function above gives them one by one.
void uniform(Philox& random, std::span<double> out);

/// An integer in [0, n), each equally likely. Pre: n ≥ 1. One draw, rarely more.
/// Ref: Lemire, Fast random integer generation in an interval (2019), Algorithm 5.
std::uint64_t uniform_index(Philox& random, std::uint64_t n);

}  // namespace mathtool::math
