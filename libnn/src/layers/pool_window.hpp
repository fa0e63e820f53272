#pragma once

#include <fmt/format.h>

#include <string>

#include "patches.hpp"

namespace mathtool::nn {

/// The window of a pool, and how many planes (frames × channels) it moves over.
struct PoolWindow {
  PoolWindow(const Shape& input, Index size, Index stride)
      : window(window_over(input, size, size, stride == 0 ? size : stride, {})),
        planes(image_count(input) * window.channels) {}

  Index plane_size() const { return window.height * window.width; }

  LayerPlan plan(const Shape& input) const {
    LayerPlan plan{.output = input};
    plan.output.end()[-2] = window.out_height;
    plan.output.end()[-1] = window.out_width;
    return plan;
  }

  /// body(place, corner): the number of each place, and the upper left element under it.
  template <class Body>
  void for_each_place(const Body& body) const {
    for (Index i = 0, place = 0; i < window.out_height; ++i)
      for (Index j = 0; j < window.out_width; ++j, ++place)
        body(place, i * window.stride * window.width + j * window.stride);
  }

  Window window;
  Index planes;
};

inline std::string pool_text(std::string_view name, Index size, Index stride) {
  if (stride == 0 || stride == size) return fmt::format("{} {}", name, size);
  return fmt::format("{} {} stride {}", name, size, stride);
}

}  // namespace mathtool::nn
