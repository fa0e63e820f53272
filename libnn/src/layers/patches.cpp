#include "patches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "blocks.hpp"
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

/// to[i][j] = or += from[i][j], of rows that stand so far apart.
template <bool adds, class T>
MATHTOOL_KERNEL void take_rows(const T* from, Index from_stride, T* to, Index to_stride, Index rows,
                               Index n) {
  in_blocks(n, [&](auto block, Index first) MATHTOOL_INLINED {
    for (Index i = 0; i < rows; ++i) {
      T values[block], sums[block];
      std::memcpy(values, from + i * from_stride + first, sizeof values);
      T* place = to + i * to_stride + first;
      if constexpr (adds) {
        std::memcpy(sums, place, sizeof sums);
        for (Index j = 0; j < block; ++j) values[j] += sums[j];
      }
      std::memcpy(place, values, sizeof values);
    }
  });
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
    const Index n = across.end - across.begin;
    if (n < w.out_width || down.end - down.begin < w.out_height) std::fill_n(to, w.places(), T(0));
    to += down.begin * w.out_width + across.begin;
    const T* from = image + first + down.begin * w.stride * w.width + across.begin * w.stride;
    if (w.stride == 1) {
      take_rows<false>(from, w.width, to, w.out_width, down.end - down.begin, n);
      return;
    }
    for (Index i = down.begin; i < down.end; ++i, from += w.stride * w.width, to += w.out_width)
      for (Index j = 0; j < n; ++j) to[j] = from[j * w.stride];
  });
}

template <class T>
MATHTOOL_MULTIVERSION void scatter_patches(const Window& w, const T* columns, Index stride,
                                           T* image) {
  for_each_element(w, [&](Index entry, Index first, const Inside& down, const Inside& across) {
    const Index n = across.end - across.begin;
    const T* from = columns + entry * stride + down.begin * w.out_width + across.begin;
    T* to = image + first + down.begin * w.stride * w.width + across.begin * w.stride;
    if (w.stride == 1) {
      take_rows<true>(from, w.out_width, to, w.width, down.end - down.begin, n);
      return;
    }
    for (Index i = down.begin; i < down.end; ++i, from += w.out_width, to += w.stride * w.width)
      for (Index j = 0; j < n; ++j) to[j * w.stride] += from[j];
  });
}

template void gather_patches(const Window&, const float*, float*, Index);
template void gather_patches(const Window&, const double*, double*, Index);
template void scatter_patches(const Window&, const float*, Index, float*);
template void scatter_patches(const Window&, const double*, Index, double*);

}  // namespace mathtool::nn
