#pragma once

#include "mathtool/math/multiversion.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// The sum of term(i) in 8 lanes, which are the same in vectors of any width.
template <class Term>
MATHTOOL_KERNEL double sum_in_lanes(Index n, const Term& term) {
  constexpr Index width = 8;
  double lanes[width] = {};
  Index i = 0;
  for (; i + width <= n; i += width)
    for (Index lane = 0; lane < width; ++lane) lanes[lane] += term(i + lane);
  for (; i < n; ++i) lanes[0] += term(i);
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

}  // namespace mathtool::nn
