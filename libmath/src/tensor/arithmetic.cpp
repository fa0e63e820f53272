#include "mathtool/math/tensor/arithmetic.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <functional>
#include <limits>

#include "mathtool/math/tensor/strided_loop.hpp"

namespace mathtool::math {
namespace {

/// r ← x ∘ y; false where an integer r cannot hold the result. Written without branches, so that
/// loops over it become loops over vectors.
struct Add {
  static constexpr const char* name = "+";
  template <class T>
  static bool apply(T x, T y, T& r) {
    if constexpr (std::is_floating_point_v<T>)
      return r = x + y, true;
    else
      return !__builtin_add_overflow(x, y, &r);
  }
};

struct Subtract {
  static constexpr const char* name = "-";
  template <class T>
  static bool apply(T x, T y, T& r) {
    if constexpr (std::is_floating_point_v<T>)
      return r = x - y, true;
    else
      return !__builtin_sub_overflow(x, y, &r);
  }
};

struct Multiply {
  static constexpr const char* name = "*";
  template <class T>
  static bool apply(T x, T y, T& r) {
    if constexpr (std::is_floating_point_v<T>)
      return r = x * y, true;
    else
      return !__builtin_mul_overflow(x, y, &r);
  }
};

struct Divide {
  static constexpr const char* name = "/";
  template <class T>
  static bool apply(T x, T y, T& r) {
    if constexpr (std::is_floating_point_v<T>) return r = x / y, true;
    if constexpr (std::is_integral_v<T>) {
      const bool least_by_minus_one =
          std::is_signed_v<T> && x == std::numeric_limits<T>::min() && y == static_cast<T>(-1);
      if (y == 0 || least_by_minus_one) return false;
      r = static_cast<T>(x / y);
    }
    return true;
  }
};

/// Whether all n results fit. Steps as constants make the common cases vector loops.
template <class Operation, class T, class StepX, class StepY, class StepR>
bool run_loop(const T* x, StepX dx, const T* y, StepY dy, T* r, StepR dr, Index n) {
  bool fits = true;
  for (Index i = 0; i < n; ++i) fits &= Operation::apply(x[i * dx], y[i * dy], r[i * dr]);
  return fits;
}

template <Index step>
using Constant = std::integral_constant<Index, step>;

/// r ← a ∘ b for three views of one shape.
template <class Operation, class T>
void combine_views(const TensorView<const T>& a, const TensorView<const T>& b,
                   const TensorView<T>& r) {
  constexpr Constant<1> one{};
  constexpr Constant<0> zero{};
  bool fits = true;
  strided_loop({&a.layout(), &b.layout(), &r.layout()}, [&](const StridedRun& run) {
    const T *x = a.data() + run.offsets[0], *y = b.data() + run.offsets[1];
    T* to = r.data() + run.offsets[2];
    const Index dx = run.steps[0], dy = run.steps[1], dr = run.steps[2], n = run.n;
    if (dx == 1 && dy == 1 && dr == 1)
      fits &= run_loop<Operation>(x, one, y, one, to, one, n);
    else if (dx == 1 && dy == 0 && dr == 1)
      fits &= run_loop<Operation>(x, one, y, zero, to, one, n);
    else if (dx == 0 && dy == 1 && dr == 1)
      fits &= run_loop<Operation>(x, zero, y, one, to, one, n);
    else
      fits &= run_loop<Operation>(x, dx, y, dy, to, dr, n);
  });
  require(fits, "{} of {} tensors of shapes {} and {}: a result is out of range, or divided by 0",
          Operation::name, element_name<T>(), to_string(a.shape()), to_string(b.shape()));
}

template <class T>
void dispatch(Arithmetic operation, const TensorView<const T>& a, const TensorView<const T>& b,
              const TensorView<T>& r) {
  switch (operation) {
    case Arithmetic::add: return combine_views<Add>(a, b, r);
    case Arithmetic::subtract: return combine_views<Subtract>(a, b, r);
    case Arithmetic::multiply: return combine_views<Multiply>(a, b, r);
    case Arithmetic::divide: return combine_views<Divide>(a, b, r);
  }
}

/// Whether writing a could change elements of b that are still to be read.
template <class T>
bool disturbs(const TensorView<T>& a, const TensorView<const T>& b) {
  const auto extent = [](const T* data, const Layout& layout) {
    const T *lowest = data, *highest = data;
    for (std::size_t k = 0; k < layout.shape.size(); ++k)
      (layout.strides[k] < 0 ? lowest : highest) += layout.strides[k] * (layout.shape[k] - 1);
    return std::pair(lowest, highest);
  };
  if (a.size() == 0 || b.size() == 0) return false;
  if (a.data() == b.data() && a.strides() == b.strides()) return false;
  const auto [a_low, a_high] = extent(a.data(), a.layout());
  const auto [b_low, b_high] = extent(b.data(), b.layout());
  return std::less_equal<>{}(a_low, b_high) && std::less_equal<>{}(b_low, a_high);
}

}  // namespace

template <TensorElement T>
Tensor<T> combine(Arithmetic operation, const TensorView<const T>& a,
                  const TensorView<const T>& b) {
  const Shape shape = broadcast_shapes(a.shape(), b.shape());
  Tensor<T> result(shape);
  dispatch<T>(operation, a.broadcast_to(shape), b.broadcast_to(shape), result);
  return result;
}

template <TensorElement T>
void combine_into(Arithmetic operation, const TensorView<T>& a, const TensorView<const T>& b) {
  const TensorView<const T> right = b.broadcast_to(a.shape());
  if (disturbs<T>(a, right)) {
    const Tensor<T> copy(right);
    dispatch<T>(operation, a, copy.view(), a);
  } else {
    dispatch<T>(operation, a, right, a);
  }
}

#define ARITHMETIC_OF(T)                                                                          \
  template Tensor<T> combine(Arithmetic, const TensorView<const T>&, const TensorView<const T>&); \
  template void combine_into(Arithmetic, const TensorView<T>&, const TensorView<const T>&);
ARITHMETIC_OF(float)
ARITHMETIC_OF(double)
ARITHMETIC_OF(std::int32_t)
ARITHMETIC_OF(std::int64_t)
ARITHMETIC_OF(std::uint8_t)
#undef ARITHMETIC_OF

}  // namespace mathtool::math
