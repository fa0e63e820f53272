#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

struct ReductionOptions {
  std::vector<Index> axes = {};  ///< to be reduced, negative ones from the end; none named: all
  bool keep_axes = false;        ///< reduced axes stay, with length 1, fit for broadcasting
};

/// Sums and products of integers are int64.
template <class T>
using SumElement = std::conditional_t<std::is_integral_v<T>, std::int64_t, T>;
/// Means of integers are double.
template <class T>
using MeanElement = std::conditional_t<std::is_integral_v<T>, double, T>;

/// The reductions proper; call `sum(a, {.axes = {0}})` and its siblings below.
template <TensorElement T>
struct Reduction {
  using View = TensorView<const T>;
  static Tensor<SumElement<T>> sum(const View& a, const ReductionOptions& options);
  static Tensor<SumElement<T>> product(const View& a, const ReductionOptions& options);
  static Tensor<MeanElement<T>> mean(const View& a, const ReductionOptions& options);
  static Tensor<T> min(const View& a, const ReductionOptions& options);
  static Tensor<T> max(const View& a, const ReductionOptions& options);
  static Tensor<std::int64_t> arg_extreme(const View& a, Index axis, bool keep_axis, bool largest);
};

/// Σ over the axes; 0 over no elements. float is summed in double; doubles in eight lanes, by
/// blocks, the same bits on every processor.
///
/// Throws: DimensionError for an axis that is not there or named twice; DomainError where an
///         integer sum leaves the range of int64.
/// Error:  m u Σ|a| with u = 2⁻⁵³ and m the number of summands, n; n/2048 + 256 where these lie one
///         after the other.
template <TensorLike A>
auto sum(const A& a, const ReductionOptions& options = {}) {
  return Reduction<typename A::Element>::sum(view_of(a), options);
}

/// Π over the axes; 1 over no elements. Throws: as `sum`.
template <TensorLike A>
auto product(const A& a, const ReductionOptions& options = {}) {
  return Reduction<typename A::Element>::product(view_of(a), options);
}

/// The mean over the axes; NaN over no elements. Throws: as `sum`.
template <TensorLike A>
auto mean(const A& a, const ReductionOptions& options = {}) {
  return Reduction<typename A::Element>::mean(view_of(a), options);
}

/// The least element over the axes; NaN where one is NaN.
///
/// Throws: DimensionError as `sum`; DomainError over no elements.
template <TensorLike A>
auto min(const A& a, const ReductionOptions& options = {}) {
  return Reduction<typename A::Element>::min(view_of(a), options);
}

/// The greatest element over the axes; otherwise as `min`.
template <TensorLike A>
auto max(const A& a, const ReductionOptions& options = {}) {
  return Reduction<typename A::Element>::max(view_of(a), options);
}

/// Where along `axis` the greatest element stands, the first of equals; the first NaN if there is
/// one. Throws: as `min`.
template <TensorLike A>
Tensor<std::int64_t> argmax(const A& a, Index axis = -1, bool keep_axis = false) {
  return Reduction<typename A::Element>::arg_extreme(view_of(a), axis, keep_axis, true);
}

/// Where along `axis` the least element stands; otherwise as `argmax`.
template <TensorLike A>
Tensor<std::int64_t> argmin(const A& a, Index axis = -1, bool keep_axis = false) {
  return Reduction<typename A::Element>::arg_extreme(view_of(a), axis, keep_axis, false);
}

}  // namespace mathtool::math
