#pragma once

#include "mathtool/nn/batch.hpp"
#include "mathtool/nn/layers/padding.hpp"

namespace mathtool::nn {

/// How a window moves over an image.
struct Window {
  Index channels = 1, height = 1, width = 1;  ///< of the image
  Index rows = 1, columns = 1;                ///< of the window
  Index stride = 1, top = 0, left = 0;        ///< zeros above and to the left
  Index out_height = 1, out_width = 1;        ///< places of the window

  Index image_size() const { return channels * height * width; }
  Index places() const { return out_height * out_width; }
  Index patch_size() const { return channels * rows * columns; }
};

/// Images of a shape (c, h, w) or (t, c, h, w): how many there are in an observation.
/// Throws: DimensionError "expects (channels, height, width) ...".
Index image_count(const Shape& input);

/// The window of a kernel of this size. Throws: DomainError for sizes below 1; DimensionError where
/// the kernel is larger than the padded image.
Window window_over(const Shape& input, Index rows, Index columns, Index stride,
                   const Padding& padding);

/// The patch under each place of the window as a column: entry (c, k, l) of place p goes to
/// columns[((c · rows + k) · columns + l) · stride + p].
template <class T>
void gather_patches(const Window& window, const T* image, T* columns, Index stride);

/// Adds every entry back to where `gather_patches` took it from: its transpose.
template <class T>
void scatter_patches(const Window& window, const T* columns, Index stride, T* image);

}  // namespace mathtool::nn
