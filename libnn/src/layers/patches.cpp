#include "patches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::nn {
namespace {

constexpr Index largest_side = 1'000'000;

/// Along one axis: the first window and zeros before, so that `size` gives `out` places.
struct Axis {
  Index before = 0, out = 0;
};

Axis axis(Index size, Index window, Index stride, const Padding& padding, const char* what) {
  if (padding.same) {
    const Index out = (size + stride - 1) / stride;
    return {std::max<Index>(0, (out - 1) * stride + window - size) / 2, out};
  }
  const Index padded = size + 2 * padding.around;
  require<DimensionError>(window <= padded, "expects images of {} {} or more", what,
                          window - 2 * padding.around);
  return {padding.around, (padded - window) / stride + 1};
}

/// to[j] = or += from[j]: runs are short, often 8 or 24 numbers, for which a call to copy memory
/// costs more than the copy.
template <bool adds, Index block, class T>
MATHTOOL_KERNEL void take_block(const T* from, T* to) {
  [[maybe_unused]] T values[block], sums[block];
  std::memcpy(values, from, sizeof values);
  if constexpr (adds) {
    std::memcpy(sums, to, sizeof sums);
    for (Index j = 0; j < block; ++j) sums[j] += values[j];
    std::memcpy(to, sums, sizeof sums);
  } else {
    std::memcpy(to, values, sizeof values);
  }
}
template <bool adds, class T>
MATHTOOL_KERNEL void take_run(const T* from, T* to, Index n) {
  Index j = 0;
  for (; j + 16 <= n; j += 16) take_block<adds, 16>(from + j, to + j);
  if (j + 8 <= n) take_block<adds, 8>(from + j, to + j), j += 8;
  if (j + 4 <= n) take_block<adds, 4>(from + j, to + j), j += 4;
  for (; j < n; ++j) take_block<adds, 1>(from + j, to + j);
}

/// Places [begin, end) of the window along one axis at which its element `offset` is inside.
struct Inside {
  Inside(Index size, Index out, Index stride, Index offset)
      : begin(offset >= 0 ? 0 : std::min(out, (stride - 1 - offset) / stride)),
        end(size > offset ? std::clamp((size - 1 - offset) / stride + 1, begin, out) : begin) {}

  Index begin, end;
};

/// For each element of the window: visit(its row of patch columns, the image's element under it at
/// place (0, 0), which may lie outside, the places at which it is inside).
template <class Visit>
void for_each_element(const Window& w, const Visit& visit) {
  for (Index c = 0, entry = 0; c < w.channels; ++c)
    for (Index k = 0; k < w.rows; ++k) {
      const Inside down(w.height, w.out_height, w.stride, k - w.top);
      for (Index l = 0; l < w.columns; ++l, ++entry)
        visit(entry, (c * w.height + k - w.top) * w.width + l - w.left, down,
              Inside(w.width, w.out_width, w.stride, l - w.left));
    }
}

}  // namespace

Index image_count(const Shape& input) {
  require<DimensionError>(
      (input.size() == 3 || input.size() == 4) && math::element_count(input) >= 1,
      "expects (channels, height, width) or (frames, channels, height, width)");
  return input.size() == 4 ? input[0] : 1;
}

Window window_over(const Shape& input, Index rows, Index columns, Index stride,
                   const Padding& padding) {
  const auto within = [](Index number, Index least) {
    return number >= least && number <= largest_side;
  };
  require(within(rows, 1) && within(columns, 1) && within(stride, 1) && within(padding.around, 0),
          "the sides of a window ({} x {}) and its stride ({}) must be 1 to {}, pad ({}) 0 to {}",
          rows, columns, stride, largest_side, padding.around, largest_side);
  (void)image_count(input);
  const std::size_t first = input.size() - 3;
  Window w{.channels = input[first],
           .height = input[first + 1],
           .width = input[first + 2],
           .rows = rows,
           .columns = columns,
           .stride = stride};
  const Axis down = axis(w.height, rows, stride, padding, "height");
  const Axis across = axis(w.width, columns, stride, padding, "width");
  w.top = down.before, w.out_height = down.out;
  w.left = across.before, w.out_width = across.out;
  return w;
}

template <class T>
MATHTOOL_MULTIVERSION void gather_patches(const Window& w, const T* image, T* columns,
                                          Index stride) {
  for_each_element(w, [&](Index entry, Index first, const Inside& down, const Inside& across) {
    T* to = columns + entry * stride;
    std::fill(to, to + down.begin * w.out_width, T(0));
    std::fill(to + down.end * w.out_width, to + w.places(), T(0));
    for (Index i = down.begin; i < down.end; ++i) {
      const T* from = image + first + i * w.stride * w.width;
      T* row = to + i * w.out_width;
      for (Index j = 0; j < across.begin; ++j) row[j] = 0;
      if (w.stride == 1)
        take_run<false>(from + across.begin, row + across.begin, across.end - across.begin);
      else
        for (Index j = across.begin; j < across.end; ++j) row[j] = from[j * w.stride];
      for (Index j = across.end; j < w.out_width; ++j) row[j] = 0;
    }
  });
}

template <class T>
MATHTOOL_MULTIVERSION void scatter_patches(const Window& w, const T* columns, Index stride,
                                           T* image) {
  for_each_element(w, [&](Index entry, Index first, const Inside& down, const Inside& across) {
    const T* from = columns + entry * stride;
    for (Index i = down.begin; i < down.end; ++i) {
      const T* row = from + i * w.out_width;
      T* to = image + first + i * w.stride * w.width;
      if (w.stride == 1)
        take_run<true>(row + across.begin, to + across.begin, across.end - across.begin);
      else
        for (Index j = across.begin; j < across.end; ++j) to[j * w.stride] += row[j];
    }
  });
}

template void gather_patches(const Window&, const float*, float*, Index);
template void gather_patches(const Window&, const double*, double*, Index);
template void scatter_patches(const Window&, const float*, Index, float*);
template void scatter_patches(const Window&, const double*, Index, double*);

}  // namespace mathtool::nn
