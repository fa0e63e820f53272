#pragma once

#include "mathtool/math/calculus/precise_function.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// A function at one place on the way to a limit.
struct Sample {
  FiftyDigits value = 0;
  FiftyDigits noise = 0;  ///< what rounding may have done to `value`
  bool lost = false;      ///< the value says nothing, or its place is that of the limit point
};

/// The way to a limit on one side: what stands at a distance h > 0 from it. A limit at infinity has
/// the distances h = 1/|x|.
struct Way {
  FunctionRef<Sample(const FiftyDigits& h)> read;
  FiftyDigits first = 1;    ///< distances start near it
  FiftyDigits nearest = 0;  ///< and never fall below it
  int ratio = 4;            ///< distance of a sample over that of the next of its family
  bool whole = false;       ///< 1/h must be a whole number
  bool endless = false;     ///< h can shrink far below the digits: the point is 0 or ±∞
  bool in_double = false;   ///< values are doubles whose noise is not known
  FiftyDigits grain = 0;    ///< places next to the limit point are rounded to multiples of it
  StopToken stop = {};
};

}  // namespace mathtool::math
