#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "mathtool/math/tensor/element.hpp"
#include "mathtool/math/tensor/shape.hpp"

namespace mathtool::math {

/// Elements from, from + step, ... before `to` of one axis, as Python's a[from:to:step]: negative
/// positions count from the end, positions beyond an end are cut to it.
struct Slice {
  std::optional<Index> from = {};  ///< default the first element, or the last where step < 0
  std::optional<Index> to = {};    ///< excluded; default behind the last, or before the first
  Index step = 1;                  ///< ≠ 0
};

/// Where the elements of a tensor lie: element (i, j, ...) is at offset + i·strides[0] + ...
struct Layout {
  Shape shape;
  Strides strides;
  Index offset = 0;

  Index rank() const { return std::ssize(shape); }
  bool is_contiguous() const;

  /// Throws: DimensionError, which shows the index and the shape.
  Index position(std::span<const Index> index) const;

  Layout slice(Index axis, const Slice& slice) const;
  Layout select(Index axis, Index index) const;
  Layout permute(std::span<const Index> axes) const;
  Layout expand(Index axis) const;
  Layout squeeze(Index axis) const;
  Layout broadcast_to(const Shape& target) const;
  Layout reshape(Shape target) const;
};

/// A window on elements that someone else owns, who must outlive it; T may be const. Views are
/// cheap values: every operation gives a view of the same elements. Negative axes and indices count
/// from the end.
template <class T>
requires TensorElement<std::remove_const_t<T>>
class TensorView {
 public:
  using Element = std::remove_const_t<T>;

  TensorView(T* data, Shape shape) : data_(data) {
    layout_.strides = row_major_strides(shape);
    layout_.shape = std::move(shape);
  }
  /// The offset of the layout is taken into the pointer.
  TensorView(T* data, Layout layout) : data_(data + layout.offset), layout_(std::move(layout)) {
    layout_.offset = 0;
  }
  operator TensorView<const T>() const requires(!std::is_const_v<T>) { return {data_, layout_}; }

  T* data() const { return data_; }  ///< element (0, ..., 0)
  const Shape& shape() const { return layout_.shape; }
  const Strides& strides() const { return layout_.strides; }
  const Layout& layout() const { return layout_; }
  Index rank() const { return layout_.rank(); }
  Index size() const { return element_count(layout_.shape); }
  Index length(Index axis) const { return shape()[position_of(axis)]; }
  bool is_contiguous() const { return layout_.is_contiguous(); }

  /// The element view(i, j, ...), one index per axis. Throws: DimensionError.
  template <class... Indices>
  T& operator()(Indices... indices) const {
    const Index index[] = {static_cast<Index>(indices)..., 0};
    return data_[layout_.position({index, sizeof...(indices)})];
  }

  /// The elements of one axis that `s` names. Throws: DimensionError; DomainError for step 0.
  TensorView slice(Index axis, const Slice& s) const { return {data_, layout_.slice(axis, s)}; }
  /// One element of an axis, which disappears. Throws: DimensionError.
  TensorView select(Index axis, Index index) const { return {data_, layout_.select(axis, index)}; }
  /// Axis i of the result is axis axes[i] of this. Throws: DimensionError.
  TensorView permute(std::span<const Index> axes) const { return {data_, layout_.permute(axes)}; }
  TensorView permute(std::initializer_list<Index> axes) const {
    return permute(std::span(axes.begin(), axes.size()));
  }
  /// All axes in reverse order.
  TensorView transpose() const {
    std::vector<Index> axes;
    for (Index i = rank(); i-- > 0;) axes.push_back(i);
    return permute(axes);
  }
  /// A new axis of length 1 before `axis`, −1: behind the last. Throws: DimensionError.
  TensorView expand(Index axis) const { return {data_, layout_.expand(axis)}; }
  /// Without an axis of length 1. Throws: DimensionError.
  TensorView squeeze(Index axis) const { return {data_, layout_.squeeze(axis)}; }
  /// Stretched as in arithmetic, without a copy, and therefore not for writing. Throws:
  /// DimensionError, which shows both shapes.
  TensorView<const Element> broadcast_to(const Shape& target) const {
    return {data_, layout_.broadcast_to(target)};
  }
  /// The same elements in row-major order under another shape, in which one length may be −1: what
  /// remains. Throws: DimensionError, which shows both shapes; also where the elements do not lie
  /// one after the other (copy to a Tensor first).
  TensorView reshape(Shape target) const { return {data_, layout_.reshape(std::move(target))}; }

 private:
  std::size_t position_of(Index axis) const {
    return static_cast<std::size_t>(resolve_axis(axis, rank()));
  }

  T* data_;
  Layout layout_;
};

}  // namespace mathtool::math
