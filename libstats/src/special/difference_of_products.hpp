#pragma once

#include <cmath>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// ab − cd to its last bits, also where the products nearly agree.
/// Ref: Jeannerod, Louvet & Muller, Kahan's algorithm for the 2x2 determinant (2013).
inline Extended difference_of_products(Extended a, Extended b, Extended c, Extended d) {
  const Extended second = c * d;
  return std::fma(a, b, -second) - std::fma(c, d, -second);
}

}  // namespace mathtool::stats
