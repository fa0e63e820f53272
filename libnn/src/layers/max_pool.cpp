#include "mathtool/nn/layers/max_pool.hpp"

#include "blocks.hpp"
#include "layer_members.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"
#include "pool_window.hpp"

namespace mathtool::nn {
namespace {

/// Its elements are numbered in floats, which count to 2^24.
constexpr Index largest_window = 4096;

template <class T>
MATHTOOL_KERNEL void keep_larger(T value, T number, T& largest, T& at) {
  const bool larger = value > largest || value != value;
  largest = larger ? value : largest;
  at = larger ? number : at;
}

/// Element `number` of windows side by side beside the largest before it. `step` is their distance
/// where it is known beforehand, else 0.
template <class T, Index step, Index places>
MATHTOOL_KERNEL void take_larger(const T* __restrict from, Index stride, T number, T* __restrict y,
                                 T* __restrict chosen) {
  MATHTOOL_SHORT
  for (Index j = 0; j < places; ++j) {
    T largest = y[j], at = chosen[j];
    keep_larger(from[j * (step == 0 ? stride : step)], number, largest, at);
    y[j] = largest;
    chosen[j] = at;
  }
}

/// One plane.
template <class T, Index step>
MATHTOOL_MULTIVERSION void take_largest(const Window& w, const T* x, T* __restrict y,
                                        T* __restrict chosen) {
  const Index stride = w.stride;
  for (Index i = 0; i < w.out_height; ++i, y += w.out_width, chosen += w.out_width) {
    const T* corner = x + i * stride * w.width;
    for (Index j = 0; j < w.out_width; ++j) y[j] = corner[j * stride], chosen[j] = 0;
    T number = 0;
    for (Index k = 0; k < w.rows; ++k)
      for (Index l = 0; l < w.columns; ++l, ++number)
        in_blocks(w.out_width, [&](auto places, Index first) MATHTOOL_INLINED {
          const T* from = corner + k * w.width + first * stride + l;
          take_larger<T, step, places>(from, stride, number, y + first, chosen + first);
        });
  }
}

/// Windows of 2 by 2 side by side, under two rows.
template <class T, Index places>
MATHTOOL_KERNEL void take_largest_of_four(const T* __restrict top, const T* __restrict bottom,
                                          T* __restrict y, T* __restrict chosen) {
  MATHTOOL_SHORT
  for (Index j = 0; j < places; ++j) {
    T largest = top[2 * j], at = 0;
    keep_larger<T>(top[2 * j + 1], 1, largest, at);
    keep_larger<T>(bottom[2 * j], 2, largest, at);
    keep_larger<T>(bottom[2 * j + 1], 3, largest, at);
    y[j] = largest;
    chosen[j] = at;
  }
}

/// One plane of such windows.
template <class T>
MATHTOOL_MULTIVERSION void take_largest_of_four(const Window& w, const T* x, T* y, T* chosen) {
  for (Index i = 0; i < w.out_height; ++i, y += w.out_width, chosen += w.out_width)
    in_blocks(w.out_width, [&](auto places, Index first) MATHTOOL_INLINED {
      const T* top = x + 2 * i * w.width + 2 * first;
      take_largest_of_four<T, places>(top, top + w.width, y + first, chosen + first);
    });
}

/// A row of windows of 2 by 2 side by side: the gradient of what was the largest, 0 beside it.
template <class T, Index places>
MATHTOOL_KERNEL void give_to_larger(const T* __restrict from, const T* __restrict chosen, T left,
                                    T* __restrict row) {
  MATHTOOL_SHORT
  for (Index j = 0; j < places; ++j) {
    const T gradient = from[j], at = chosen[j];
    row[2 * j] = at == left ? gradient : 0;
    row[2 * j + 1] = at == left + 1 ? gradient : 0;
  }
}

/// One plane of such windows.
template <class T>
MATHTOOL_MULTIVERSION void give_to_largest_of_four(const Window& w, const T* from, const T* chosen,
                                                   T* to) {
  for (Index i = 0; i < w.out_height; ++i, from += w.out_width, chosen += w.out_width)
    for (Index k = 0; k < 2; ++k)
      in_blocks(w.out_width, [&](auto places, Index first) MATHTOOL_INLINED {
        give_to_larger<T, places>(from + first, chosen + first, static_cast<T>(2 * k),
                                  to + (2 * i + k) * w.width + 2 * first);
      });
}

}  // namespace

LayerPlan MaxPool::plan(const Shape& input) const {
  require(size <= largest_window, "maxpool: a window has sides of at most {}, got {}",
          largest_window, size);
  LayerPlan plan = PoolWindow(input, size, stride).plan(input);
  plan.saved = math::element_count(plan.output);  // which element of the window was the largest
  return plan;
}

std::string MaxPool::text() const { return pool_text(name, size, stride); }

template <std::floating_point T>
void MaxPool::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const PoolWindow pool(*site.input, size, stride);
  const auto plane = pool.window.stride != 2 ? take_largest<T, 0>
                     : size != 2             ? take_largest<T, 2>
                                             : take_largest_of_four<T>;
  for (Index i = 0; i < x.rows() * pool.planes; ++i)
    plane(pool.window, x.data() + i * pool.plane_size(), y.data() + i * pool.window.places(),
          site.saved + i * pool.window.places());
}

template <std::floating_point T>
void MaxPool::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (!x_gradient.data()) return;
  const PoolWindow pool(*site.input, size, stride);
  const Index planes = x.rows() * pool.planes;
  const T *from = y_gradient.data(), *chosen = site.saved;
  T* to = x_gradient.data();
  const Window& w = pool.window;
  if (size == 2 && w.stride == 2 && w.height % 2 == 0 && w.width % 2 == 0) {
    for (Index plane = 0; plane < planes; ++plane)
      give_to_largest_of_four(w, from + plane * w.places(), chosen + plane * w.places(),
                              to + plane * pool.plane_size());
    return;
  }
  x_gradient.setZero();
  for (Index plane = 0; plane < planes; ++plane) {
    pool.for_each_place([&](Index place, Index corner) {
      const Index at = static_cast<Index>(chosen[place]);
      to[corner + at / size * w.width + at % size] += from[place];
    });
    to += pool.plane_size(), from += w.places(), chosen += w.places();
  }
}

MATHTOOL_LAYER(MaxPool);

}  // namespace mathtool::nn
