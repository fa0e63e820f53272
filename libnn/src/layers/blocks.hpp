#pragma once

#include <type_traits>

#include "mathtool/math/multiversion.hpp"
#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// Covers 0 to n - 1: visit(constant length, first) of blocks of 16, 8, 4 and 1. The rows of images
/// are short, often 4 to 24 numbers, and only loops whose length the compiler knows become vectors.
/// The visit is to be MATHTOOL_INLINED.
template <class Visit>
MATHTOOL_KERNEL void in_blocks(Index n, const Visit& visit) {
  Index j = 0;
  for (; j + 16 <= n; j += 16) visit(std::integral_constant<Index, 16>(), j);
  if (j + 8 <= n) visit(std::integral_constant<Index, 8>(), j), j += 8;
  if (j + 4 <= n) visit(std::integral_constant<Index, 4>(), j), j += 4;
  for (; j < n; ++j) visit(std::integral_constant<Index, 1>(), j);
}

}  // namespace mathtool::nn
