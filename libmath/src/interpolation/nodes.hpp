#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// Throws unless x and y are `least` numbers or more, of the same length and finite, with x
/// strictly ascending. `caller` stands at the head of messages.
void require_nodes(const char* caller, const VecRef& x, const VecRef& y, Index least);

}  // namespace mathtool::math
