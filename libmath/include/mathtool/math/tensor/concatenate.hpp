#pragma once

#include <vector>

#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

/// Tensors one behind the other along an axis that they have; the other lengths agree.
///     concatenate<double>({a, b}, 0): (2, 3) and (5, 3) give (7, 3)
///
/// Throws: DimensionError, which shows both shapes, and for no tensor at all.
template <TensorElement T>
Tensor<T> concatenate(const std::vector<TensorView<const T>>& parts, Index axis = 0);

/// Tensors of one shape along a new axis, which becomes axis `axis` of the result.
///     stack<double>({a, b}, 0): two of (2, 3) give (2, 2, 3)
///
/// Throws: as `concatenate`.
template <TensorElement T>
Tensor<T> stack(const std::vector<TensorView<const T>>& parts, Index axis = 0);

}  // namespace mathtool::math
