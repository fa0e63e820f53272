#include "mathtool/math/tensor/tensor_view.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

std::size_t position_of_axis(Index axis, const Layout& layout) {
  return static_cast<std::size_t>(resolve_axis(axis, layout.rank()));
}

/// The first element that a slice takes, and how many.
struct Selected {
  Index first, count;
};

Selected select_from(Index length, const Slice& slice) {
  require(slice.step != 0, "slice: step must not be 0");
  const Index step = slice.step;
  // Backwards, the ends are the last element and the place before the first.
  const Index lowest = step > 0 ? 0 : -1, highest = step > 0 ? length : length - 1;
  const auto bound = [&](Index position) {
    return std::clamp(position < 0 ? position + length : position, lowest, highest);
  };
  const Index from = slice.from ? bound(*slice.from) : (step > 0 ? lowest : highest);
  const Index to = slice.to ? bound(*slice.to) : (step > 0 ? highest : lowest);
  const Index way = step > 0 ? to - from : from - to;
  if (way <= 0) return {0, 0};
  // |step| as an unsigned number, which the most negative one has too.
  const auto stride = step > 0 ? static_cast<std::size_t>(step) : -static_cast<std::size_t>(step);
  return {from, static_cast<Index>((static_cast<std::size_t>(way) - 1) / stride) + 1};
}

}  // namespace

bool Layout::is_contiguous() const {
  Index step = 1;
  for (std::size_t k = shape.size(); k-- > 0;) {
    if (shape[k] == 0) return true;
    if (shape[k] > 1 && strides[k] != step) return false;
    step *= shape[k];
  }
  return true;
}

Index Layout::position(std::span<const Index> index) const {
  require<DimensionError>(std::ssize(index) == rank(), "{} indices for a tensor of shape {}",
                          index.size(), to_string(shape));
  Index at = offset;
  for (std::size_t k = 0; k < index.size(); ++k) {
    const Index i = index[k] < 0 ? index[k] + shape[k] : index[k];
    require<DimensionError>(0 <= i && i < shape[k], "index {} is outside axis {} of shape {}",
                            index[k], k, to_string(shape));
    at += i * strides[k];
  }
  return at;
}

Layout Layout::slice(Index axis, const Slice& slice) const {
  Layout result = *this;
  const std::size_t k = position_of_axis(axis, *this);
  const Selected selected = select_from(shape[k], slice);
  result.shape[k] = selected.count;
  result.offset += selected.first * strides[k];
  if (selected.count > 1) result.strides[k] *= slice.step;
  return result;
}

Layout Layout::select(Index axis, Index index) const {
  Layout result = *this;
  const std::size_t k = position_of_axis(axis, *this);
  const Index i = index < 0 ? index + shape[k] : index;
  require<DimensionError>(0 <= i && i < shape[k], "index {} is outside axis {} of shape {}", index,
                          k, to_string(shape));
  result.offset += i * strides[k];
  result.shape.erase(result.shape.begin() + static_cast<Index>(k));
  result.strides.erase(result.strides.begin() + static_cast<Index>(k));
  return result;
}

Layout Layout::permute(std::span<const Index> axes) const {
  require<DimensionError>(std::ssize(axes) == rank(), "permute: {} axes for a tensor of shape {}",
                          axes.size(), to_string(shape));
  Layout result{{}, {}, offset};
  std::vector<bool> taken(shape.size());
  for (const Index axis : axes) {
    const std::size_t k = position_of_axis(axis, *this);
    require<DimensionError>(!taken[k], "permute: axis {} is named twice", axis);
    taken[k] = true;
    result.shape.push_back(shape[k]);
    result.strides.push_back(strides[k]);
  }
  return result;
}

Layout Layout::expand(Index axis) const {
  Layout result = *this;
  const Index at = resolve_axis(axis, rank() + 1);
  result.shape.insert(result.shape.begin() + at, 1);
  result.strides.insert(result.strides.begin() + at, 0);
  return result;
}

Layout Layout::squeeze(Index axis) const {
  Layout result = *this;
  const auto at = static_cast<Index>(position_of_axis(axis, *this));
  require<DimensionError>(shape[static_cast<std::size_t>(at)] == 1,
                          "squeeze: axis {} of shape {} is not of length 1", axis,
                          to_string(shape));
  result.shape.erase(result.shape.begin() + at);
  result.strides.erase(result.strides.begin() + at);
  return result;
}

Layout Layout::broadcast_to(const Shape& target) const {
  const bool fits = shape.size() <= target.size() && broadcast_shapes(shape, target) == target;
  require<DimensionError>(fits, "shape {} cannot be broadcast to {}", to_string(shape),
                          to_string(target));
  Layout result{target, Strides(target.size(), 0), offset};
  const std::size_t added = target.size() - shape.size();
  for (std::size_t k = 0; k < shape.size(); ++k)
    if (shape[k] != 1) result.strides[added + k] = strides[k];
  return result;
}

Layout Layout::reshape(Shape target) const {
  const Shape asked = target;
  const Index count = element_count(shape);
  const auto open = std::find(target.begin(), target.end(), -1);
  if (open != target.end()) {
    *open = 1;
    const Index rest = element_count(target);
    *open = rest > 0 ? count / rest : 0;
  }
  require<DimensionError>(element_count(target) == count, "shape {} cannot be reshaped to {}",
                          to_string(shape), to_string(asked));
  require<DimensionError>(is_contiguous(),
                          "a view of shape {} with gaps cannot be reshaped to {}; copy it first",
                          to_string(shape), to_string(asked));
  Strides steps = row_major_strides(target);
  return {std::move(target), std::move(steps), offset};
}

}  // namespace mathtool::math
