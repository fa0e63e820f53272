#include "mathtool/math/tensor/concatenate.hpp"

#include <fmt/core.h>

#include "mathtool/math/error.hpp"
#include "mathtool/math/tensor/strided_loop.hpp"

namespace mathtool::math {
namespace {

/// Shapes: both have the same.
template <class T>
void copy_into(const TensorView<const T>& from, const TensorView<T>& to) {
  strided_loop({&from.layout(), &to.layout()}, [&](const StridedRun& run) {
    const T* x = from.data() + run.offsets[0];
    T* y = to.data() + run.offsets[1];
    if (run.steps[0] == 1 && run.steps[1] == 1)
      std::copy_n(x, run.n, y);
    else
      for (Index i = 0; i < run.n; ++i) y[i * run.steps[1]] = x[i * run.steps[0]];
  });
}

}  // namespace

template <TensorElement T>
Tensor<T> concatenate(const std::vector<TensorView<const T>>& parts, Index axis) {
  require<DimensionError>(!parts.empty(), "concatenate: no tensors");
  const auto k = static_cast<std::size_t>(resolve_axis(axis, parts[0].rank()));
  Shape shape = parts[0].shape();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    Shape other = parts[i].shape();
    if (other.size() == shape.size()) other[k] = parts[0].shape()[k];
    require<DimensionError>(other == parts[0].shape(),
                            "concatenate: shapes {} and {} differ beside axis {}",
                            to_string(parts[0].shape()), to_string(parts[i].shape()), axis);
    shape[k] += parts[i].shape()[k];
  }
  Tensor<T> result(shape);
  Index first = 0;
  for (const TensorView<const T>& part : parts) {
    const Index next = first + part.shape()[k];
    copy_into(part, result.view().slice(static_cast<Index>(k), {.from = first, .to = next}));
    first = next;
  }
  return result;
}

template <TensorElement T>
Tensor<T> stack(const std::vector<TensorView<const T>>& parts, Index axis) {
  require<DimensionError>(!parts.empty(), "stack: no tensors");
  std::vector<TensorView<const T>> expanded;
  for (const TensorView<const T>& part : parts) {
    require<DimensionError>(part.shape() == parts[0].shape(), "stack: shapes {} and {} differ",
                            to_string(parts[0].shape()), to_string(part.shape()));
    expanded.push_back(part.expand(axis));
  }
  return concatenate(expanded, axis);
}

#define JOINING_OF(T)                                                             \
  template Tensor<T> concatenate(const std::vector<TensorView<const T>>&, Index); \
  template Tensor<T> stack(const std::vector<TensorView<const T>>&, Index);
JOINING_OF(float)
JOINING_OF(double)
JOINING_OF(std::int32_t)
JOINING_OF(std::int64_t)
JOINING_OF(std::uint8_t)
#undef JOINING_OF

}  // namespace mathtool::math
