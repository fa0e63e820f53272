#pragma once

#include "calculus/settle.hpp"

namespace mathtool::math {

struct WholeNumbers {
  double largest = 0x1p60;  ///< none beyond it is read, nor beyond 2^60
  bool in_double = false;   ///< as in Way
  StopToken stop = {};
};

/// What becomes of a sequence as its index grows; `read` gets whole numbers only.
Settled settle_whole_numbers(FunctionRef<Sample(const FiftyDigits& n)> read,
                             const WholeNumbers& numbers, const Tolerances& tolerances);

}  // namespace mathtool::math
