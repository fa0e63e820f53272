#pragma once

#include <cstdint>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// One point of the trajectory. Invariant: value = f(x) and gradient = ∇f(x).
struct Iterate {
  Vec x = {};
  double value = 0;
  Vec gradient = {};  ///< n; empty for methods that use none
  std::int64_t iteration = 0;
};

/// What an observer answers.
enum class Flow { keep_going, stop };

}  // namespace mathtool::opt
