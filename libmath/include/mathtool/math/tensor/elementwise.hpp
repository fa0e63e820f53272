#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "mathtool/math/tensor/strided_loop.hpp"
#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

namespace detail {
/// Truth is stored as 0 or 1.
template <class R>
using Stored = std::conditional_t<std::is_same_v<R, bool>, std::uint8_t, R>;
}  // namespace detail

/// f of every element; an f that returns bool gives a mask.
///     map(a, [](double x) { return std::exp(x); })
template <TensorLike A, class F>
auto map(const A& a, F&& f) {
  using T = typename A::Element;
  const TensorView<const T> from = view_of(a);
  Tensor<detail::Stored<std::invoke_result_t<F&, T>>> result(from.shape());
  auto* out = result.data();
  strided_loop({&from.layout()}, [&](const StridedRun& run) {
    const T* x = from.data() + run.offsets[0];
    if (run.steps[0] == 1)
      for (Index i = 0; i < run.n; ++i) out[i] = f(x[i]);
    else
      for (Index i = 0; i < run.n; ++i) out[i] = f(x[i * run.steps[0]]);
    out += run.n;
  });
  return result;
}

/// f of every pair of elements, after both are broadcast to one shape; an f that returns bool gives
/// a mask. Throws: DimensionError, which shows both shapes.
template <TensorLike A, TensorLike B, class F>
auto zip(const A& a, const B& b, F&& f) {
  using T = typename A::Element;
  using U = typename B::Element;
  const Shape shape = broadcast_shapes(view_of(a).shape(), view_of(b).shape());
  const TensorView<const T> left = view_of(a).broadcast_to(shape);
  const TensorView<const U> right = view_of(b).broadcast_to(shape);
  Tensor<detail::Stored<std::invoke_result_t<F&, T, U>>> result(shape);
  auto* out = result.data();
  strided_loop({&left.layout(), &right.layout()}, [&](const StridedRun& run) {
    const T* x = left.data() + run.offsets[0];
    const U* y = right.data() + run.offsets[1];
    const Index dx = run.steps[0], dy = run.steps[1];
    // The cases apart, so that each becomes a loop over vectors.
    if (dx == 1 && dy == 1)
      for (Index i = 0; i < run.n; ++i) out[i] = f(x[i], y[i]);
    else if (dx == 1 && dy == 0)
      for (Index i = 0; i < run.n; ++i) out[i] = f(x[i], *y);
    else if (dx == 0 && dy == 1)
      for (Index i = 0; i < run.n; ++i) out[i] = f(*x, y[i]);
    else
      for (Index i = 0; i < run.n; ++i) out[i] = f(x[i * dx], y[i * dy]);
    out += run.n;
  });
  return result;
}

/// Another element type. Fractions are cut off on the way to integers.
/// Throws: DomainError for a NaN or a number that the new type cannot hold.
template <TensorElement U, TensorElement T>
Tensor<U> cast_elements(const TensorView<const T>& a);
template <TensorElement U, TensorLike A>
Tensor<U> cast(const A& a) {
  return cast_elements<U>(view_of(a));
}

}  // namespace mathtool::math
