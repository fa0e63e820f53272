#include "mathtool/math/tensor/shape.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

Index element_count(const Shape& shape) {
  Index count = 1;
  bool fits = true;
  // The shape becomes text only where it is shown: this is asked often.
  for (const Index length : shape) {
    if (length < 0)
      throw DimensionError(fmt::format("shape {} has a negative length", to_string(shape)));
    // An axis of length 0 leaves nothing, however long the others are.
    if (__builtin_mul_overflow(count, length, &count)) fits = false;
  }
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  if (!fits)
    throw DimensionError(
        fmt::format("shape {} has more elements than can be numbered", to_string(shape)));
  return count;
}

Strides row_major_strides(const Shape& shape) {
  Strides strides(shape.size());
  Index step = 1;
  for (std::size_t k = shape.size(); k-- > 0;) {
    strides[k] = step;
    step *= std::max(shape[k], Index{1});
  }
  return strides;
}

std::string to_string(const Shape& shape) {
  std::string text = "(";
  for (std::size_t k = 0; k < shape.size(); ++k)
    text += fmt::format("{}{}", k > 0 ? ", " : "", shape[k]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

Shape broadcast_shapes(const Shape& a, const Shape& b) {
  const std::size_t rank = std::max(a.size(), b.size());
  Shape result(rank);
  for (std::size_t k = 1; k <= rank; ++k) {  // from the last axis
    const Index length_a = k <= a.size() ? a[a.size() - k] : 1;
    const Index length_b = k <= b.size() ? b[b.size() - k] : 1;
    require<DimensionError>(length_a == length_b || length_a == 1 || length_b == 1,
                            "shapes {} and {} cannot be broadcast together", to_string(a),
                            to_string(b));
    result[rank - k] = length_a == 1 ? length_b : length_a;
  }
  return result;
}

Index resolve_axis(Index axis, Index rank) {
  require<DimensionError>(-rank <= axis && axis < rank, "axis {} of a tensor of rank {}", axis,
                          rank);
  return axis < 0 ? axis + rank : axis;
}

}  // namespace mathtool::math
