#include "mathtool/math/tensor/matmul.hpp"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/math/gemm.hpp"
#include "mathtool/math/tensor/strided_loop.hpp"
#include "tensor/integer128.hpp"

namespace mathtool::math {
namespace {

template <class T>
using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// C = A B for matrices stored row by row. Shapes: A is m × k, B is k × n.
template <class T>
void multiply_rows(const T* a, const T* b, T* c, Index m, Index k, Index n) {
  if constexpr (std::is_floating_point_v<T>) {
    gemm<T>(Operand::plain, Eigen::Map<const RowMajor<T>>(a, m, k), Operand::plain,
            Eigen::Map<const RowMajor<T>>(b, k, n), Target::overwrite,
            Eigen::Map<RowMajor<T>>(c, m, n));
  } else {
    for (Index i = 0; i < m; ++i)
      for (Index j = 0; j < n; ++j) {
        Integer128 sum = 0;
        for (Index l = 0; l < k; ++l) sum += Integer128{a[i * k + l]} * b[l * n + j];
        c[i * n + j] = static_cast<T>(sum);
        require(c[i * n + j] == sum, "matmul: a result does not fit into {}", element_name<T>());
      }
  }
}

/// The view itself, or one of a copy whose elements lie one after the other.
template <class T>
TensorView<const T> dense(const TensorView<const T>& view, std::optional<Tensor<T>>& copy) {
  if (view.is_contiguous()) return view;
  return copy.emplace(view).view();
}

/// The layout of the matrices' first elements.
Layout without_last_two(Layout layout) {
  layout.shape.resize(layout.shape.size() - 2);
  layout.strides.resize(layout.strides.size() - 2);
  return layout;
}

}  // namespace

template <TensorElement T>
Tensor<T> multiply_matrices(const TensorView<const T>& a, const TensorView<const T>& b) {
  require<DimensionError>(a.rank() >= 1 && b.rank() >= 1,
                          "matmul: shapes {} and {}; both must have an axis", to_string(a.shape()),
                          to_string(b.shape()));
  const bool row = a.rank() == 1, column = b.rank() == 1;
  std::optional<Tensor<T>> copy_a, copy_b;
  const TensorView<const T> left = dense(row ? a.expand(0) : a, copy_a);
  const TensorView<const T> right = dense(column ? b.expand(-1) : b, copy_b);
  const Index m = left.length(-2), k = left.length(-1), n = right.length(-1);
  require<DimensionError>(right.length(-2) == k, "matmul: shapes {} and {} do not fit",
                          to_string(a.shape()), to_string(b.shape()));

  Layout batch_a = without_last_two(left.layout()), batch_b = without_last_two(right.layout());
  Shape shape = broadcast_shapes(batch_a.shape, batch_b.shape);
  batch_a = batch_a.broadcast_to(shape);
  batch_b = batch_b.broadcast_to(shape);
  shape.insert(shape.end(), {m, n});
  Tensor<T> result(shape);
  T* to = result.data();
  if (result.size() > 0 && k > 0)
    strided_loop({&batch_a, &batch_b}, [&](const StridedRun& run) {
      for (Index i = 0; i < run.n; ++i, to += m * n)
        multiply_rows(left.data() + run.offsets[0] + i * run.steps[0],
                      right.data() + run.offsets[1] + i * run.steps[1], to, m, k, n);
    });
  if (row) shape.erase(shape.end() - 2);
  if (column) shape.pop_back();
  return std::move(result).reshape(shape);
}

template Tensor<float> multiply_matrices(const TensorView<const float>&,
                                         const TensorView<const float>&);
template Tensor<double> multiply_matrices(const TensorView<const double>&,
                                          const TensorView<const double>&);
template Tensor<std::int32_t> multiply_matrices(const TensorView<const std::int32_t>&,
                                                const TensorView<const std::int32_t>&);
template Tensor<std::int64_t> multiply_matrices(const TensorView<const std::int64_t>&,
                                                const TensorView<const std::int64_t>&);
template Tensor<std::uint8_t> multiply_matrices(const TensorView<const std::uint8_t>&,
                                                const TensorView<const std::uint8_t>&);

}  // namespace mathtool::math
