#include <fmt/core.h>

#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "mathtool/math/tensor/elementwise.hpp"

namespace mathtool::math {
namespace {

template <class U, class T>
U convert(T x) {
  if constexpr (std::is_floating_point_v<U>) {
    return static_cast<U>(x);
  } else if constexpr (std::is_integral_v<T>) {
    require(std::in_range<U>(x), "cast: {} does not fit into {}", x, element_name<U>());
    return static_cast<U>(x);
  } else {
    // −2⁶³ is a double and 2⁶³ − 1 is not, hence the power of two as the upper bound.
    const T whole = std::trunc(x), above = std::ldexp(T{1}, std::numeric_limits<U>::digits);
    const T least = static_cast<T>(std::numeric_limits<U>::min());
    require(least <= whole && whole < above, "cast: {} does not fit into {}", x, element_name<U>());
    return static_cast<U>(whole);
  }
}

}  // namespace

template <TensorElement U, TensorElement T>
Tensor<U> cast_elements(const TensorView<const T>& a) {
  return map(a, [](T x) { return convert<U>(x); });
}

#define CASTS_FROM(T)                                                        \
  template Tensor<float> cast_elements(const TensorView<const T>& a);        \
  template Tensor<double> cast_elements(const TensorView<const T>& a);       \
  template Tensor<std::int32_t> cast_elements(const TensorView<const T>& a); \
  template Tensor<std::int64_t> cast_elements(const TensorView<const T>& a); \
  template Tensor<std::uint8_t> cast_elements(const TensorView<const T>& a);
CASTS_FROM(float)
CASTS_FROM(double)
CASTS_FROM(std::int32_t)
CASTS_FROM(std::int64_t)
CASTS_FROM(std::uint8_t)
#undef CASTS_FROM

}  // namespace mathtool::math
