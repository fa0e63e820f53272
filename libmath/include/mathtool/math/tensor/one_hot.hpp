#pragma once

#include <cstdint>

#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

/// Each label ℓ becomes a row of `classes` elements: 1 at ℓ, 0 elsewhere.
///
/// Shapes: (…) gives (…, classes).  Throws: DomainError for a label outside [0, classes).
template <TensorElement T>
Tensor<T> one_hot(const TensorView<const std::int64_t>& labels, Index classes);

}  // namespace mathtool::math
