#include "patches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

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

/// For each row of an image that a row of the window crosses: where it lies in the patch columns
/// and in the image, and which places of the window fall inside.
template <class Body>
void for_each_run(const Window& w, const Body& body) {
  for (Index c = 0, entry = 0; c < w.channels; ++c)
    for (Index k = 0; k < w.rows; ++k)
      for (Index l = 0; l < w.columns; ++l, ++entry) {
        // Places j whose column s j + l − left lies in the image.
        const Index shift = l - w.left;
        const Index begin = shift >= 0 ? 0 : (-shift + w.stride - 1) / w.stride;
        const Index last = w.width - 1 - shift;
        const Index end = last < 0 ? 0 : std::min(w.out_width, last / w.stride + 1);
        for (Index i = 0; i < w.out_height; ++i) {
          const Index row = i * w.stride + k - w.top;
          const bool inside = row >= 0 && row < w.height && begin < end;
          body(entry, i * w.out_width, inside ? begin : w.out_width, inside ? end : w.out_width,
               (c * w.height + row) * w.width + shift);
        }
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
  require(rows >= 1 && columns >= 1, "a window must have sides >= 1, got {} x {}", rows, columns);
  require(stride >= 1, "stride must be >= 1, got {}", stride);
  require(padding.around >= 0, "pad must be >= 0, got {}", padding.around);
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
void gather_patches(const Window& w, const T* image, T* columns, Index stride) {
  for_each_run(w, [&](Index entry, Index place, Index begin, Index end, Index from) {
    T* to = columns + entry * stride + place;
    std::fill(to, to + begin, T(0));
    if (w.stride == 1) {
      std::copy(image + from + begin, image + from + end, to + begin);
    } else {
      for (Index j = begin; j < end; ++j) to[j] = image[from + j * w.stride];
    }
    std::fill(to + end, to + w.out_width, T(0));
  });
}

template <class T>
void scatter_patches(const Window& w, const T* columns, Index stride, T* image) {
  for_each_run(w, [&](Index entry, Index place, Index begin, Index end, Index to) {
    const T* from = columns + entry * stride + place;
    if (w.stride == 1) {
      T* target = image + to;
      for (Index j = begin; j < end; ++j) target[j] += from[j];
    } else {
      for (Index j = begin; j < end; ++j) image[to + j * w.stride] += from[j];
    }
  });
}

template void gather_patches(const Window&, const float*, float*, Index);
template void gather_patches(const Window&, const double*, double*, Index);
template void scatter_patches(const Window&, const float*, Index, float*);
template void scatter_patches(const Window&, const double*, Index, double*);

}  // namespace mathtool::nn
