#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// Zeros around an image before a kernel moves over it.
struct Padding {
  Index around = 0;   ///< on every side, ≥ 0
  bool same = false;  ///< as many as give ⌈size / stride⌉ outputs; an odd one at the lower right
  bool operator==(const Padding&) const = default;
};

}  // namespace mathtool::nn
