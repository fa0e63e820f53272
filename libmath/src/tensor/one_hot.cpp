#include "mathtool/math/tensor/one_hot.hpp"

#include <fmt/core.h>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

template <TensorElement T>
Tensor<T> one_hot(const TensorView<const std::int64_t>& labels, Index classes) {
  require(classes >= 1, "one_hot: classes must be >= 1, got {}", classes);
  Shape shape = labels.shape();
  shape.push_back(classes);
  Tensor<T> result(shape);
  T* row = result.data();
  const Tensor<std::int64_t> dense(labels);
  for (const std::int64_t label : dense.elements()) {
    require(0 <= label && label < classes, "one_hot: label {} is outside [0, {})", label, classes);
    row[label] = T{1};
    row += classes;
  }
  return result;
}

template Tensor<float> one_hot(const TensorView<const std::int64_t>&, Index);
template Tensor<double> one_hot(const TensorView<const std::int64_t>&, Index);
template Tensor<std::int32_t> one_hot(const TensorView<const std::int64_t>&, Index);
template Tensor<std::int64_t> one_hot(const TensorView<const std::int64_t>&, Index);
template Tensor<std::uint8_t> one_hot(const TensorView<const std::int64_t>&, Index);

}  // namespace mathtool::math
