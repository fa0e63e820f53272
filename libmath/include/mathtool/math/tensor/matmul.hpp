#pragma once

#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

template <TensorElement T>
Tensor<T> multiply_matrices(const TensorView<const T>& a, const TensorView<const T>& b);

/// Products of the matrices in the last two axes; the axes before are broadcast. A vector is a row
/// on the left and a column on the right, and its axis disappears from the result.
///     (…, m, k) and (…, k, n) give (…, m, n)
///
/// Throws: DimensionError, which shows both shapes; DomainError for an integer result out of range.
/// Cost:   m n k per matrix; floating-point numbers go through `gemm`.
template <TensorLike A, TensorLike B>
requires std::same_as<typename A::Element, typename B::Element>
auto matmul(const A& a, const B& b) {
  return multiply_matrices<typename A::Element>(view_of(a), view_of(b));
}

}  // namespace mathtool::math
