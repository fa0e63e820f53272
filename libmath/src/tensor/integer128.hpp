#pragma once

namespace mathtool::math {

/// Twice as wide as the widest element, so that sums of these do not overflow.
__extension__ using Integer128 = __int128;

}  // namespace mathtool::math
