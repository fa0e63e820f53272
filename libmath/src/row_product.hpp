#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// y ← y + x B for one row x of k numbers and a B of k × n whose rows lie `stride` apart.
template <class T>
void add_row_product(Index k, Index n, const T* x, const T* b, Index stride, T* y);

}  // namespace mathtool::math
