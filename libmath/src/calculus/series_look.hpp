#pragma once

#include <optional>
#include <string>

#include "calculus/series_pattern.hpp"

namespace mathtool::math {

/// What speaks against a finite sum of terms when many of them, up to 100,000 in a row, are looked
/// at in doubles: a term unlike those 24 places before and after it, or, where signs follow no
/// pattern, far above those before it; or that all are 0. Empty where nothing does. Such a term is
/// read again with all digits before it counts. The first `summed` terms may be as they like.
std::string odd_among_many(FunctionRef<double(double k)> quick, const Terms& terms, int summed,
                           bool sum_is_zero);

}  // namespace mathtool::math
