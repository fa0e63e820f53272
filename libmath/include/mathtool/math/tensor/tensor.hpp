#pragma once

#include <algorithm>
#include <concepts>
#include <span>
#include <utility>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/tensor/tensor_view.hpp"

namespace mathtool::math {

/// An array of any rank that owns its elements, which lie one after the other, the last axis
/// fastest. It converts to a view wherever one is taken.
template <TensorElement T>
class Tensor {
 public:
  using Element = T;

  /// A scalar 0.
  Tensor() : Tensor(Shape{}) {}
  /// Filled with `fill`. Throws: DimensionError.
  explicit Tensor(Shape shape, T fill = T{0})
      : elements_(static_cast<std::size_t>(element_count(shape)), fill), shape_(std::move(shape)) {}
  /// Throws: DimensionError unless there are as many elements as the shape has places.
  Tensor(Shape shape, std::vector<T> elements)
      : elements_(std::move(elements)), shape_(std::move(shape)) {
    require<DimensionError>(element_count(shape_) == std::ssize(elements_),
                            "Tensor: {} elements do not fill shape {}", elements_.size(),
                            to_string(shape_));
  }
  /// A copy of the elements in row-major order.
  explicit Tensor(const TensorView<const T>& view);

  T* data() { return elements_.data(); }
  const T* data() const { return elements_.data(); }
  const Shape& shape() const { return shape_; }
  Strides strides() const { return row_major_strides(shape_); }
  Index rank() const { return std::ssize(shape_); }
  Index size() const { return std::ssize(elements_); }
  std::span<T> elements() { return elements_; }
  std::span<const T> elements() const { return elements_; }

  TensorView<T> view() & { return {data(), shape_}; }
  TensorView<const T> view() const& { return {data(), shape_}; }
  operator TensorView<T>() & { return view(); }
  operator TensorView<const T>() const& { return view(); }

  /// The element tensor(i, j, ...), one index per axis; negative ones count from the end.
  /// Throws: DimensionError.
  template <class... Indices>
  T& operator()(Indices... indices) {
    return view()(indices...);
  }
  template <class... Indices>
  const T& operator()(Indices... indices) const {
    return view()(indices...);
  }

  /// The same elements under another shape, in which one length may be −1. Throws: DimensionError,
  /// which shows both shapes.
  Tensor reshape(Shape target) && {
    shape_ = view().reshape(std::move(target)).shape();
    return std::move(*this);
  }
  Tensor reshape(Shape target) const& { return Tensor(*this).reshape(std::move(target)); }

  bool operator==(const Tensor&) const = default;

 private:
  std::vector<T> elements_;
  Shape shape_;
};

template <class A>
concept TensorLike = TensorElement<typename A::Element> &&
    std::convertible_to<const A&, TensorView<const typename A::Element>>;

/// A read-only view of a tensor or of a view.
template <TensorLike A>
TensorView<const typename A::Element> view_of(const A& a) {
  return a;
}

/// 0, 1, ..., n − 1. Throws: DimensionError if n < 0.
template <TensorElement T>
Tensor<T> arange(Index n) {
  Tensor<T> result(Shape{n});
  std::generate_n(result.data(), n, [i = Index{0}]() mutable { return static_cast<T>(i++); });
  return result;
}

}  // namespace mathtool::math
