#include "mathtool/nn/layers/max_pool.hpp"

#include "layer_members.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"
#include "pool_window.hpp"

namespace mathtool::nn {
namespace {

/// Its elements are numbered in floats, which count to 2^24.
constexpr Index largest_window = 4096;

/// One plane, element of the window by element, so that the places of a row are a vector.
/// `step` is the stride where it is known beforehand, else 0.
template <class T, Index step>
MATHTOOL_MULTIVERSION void take_largest(const Window& w, const T* __restrict x, T* __restrict y,
                                        T* __restrict chosen) {
  const Index stride = step == 0 ? w.stride : step;
  for (Index i = 0; i < w.out_height; ++i, y += w.out_width, chosen += w.out_width) {
    const T* corner = x + i * stride * w.width;
    for (Index j = 0; j < w.out_width; ++j) y[j] = corner[j * stride], chosen[j] = 0;
    for (Index element = 1; element < w.rows * w.columns; ++element) {
      const T* from = corner + element / w.columns * w.width + element % w.columns;
      const T number = static_cast<T>(element);
      for (Index j = 0; j < w.out_width; ++j) {
        const T value = from[j * stride];
        const bool larger = value > y[j] || value != value;
        y[j] = larger ? value : y[j];
        chosen[j] = larger ? number : chosen[j];
      }
    }
  }
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
  const auto plane = pool.window.stride == 2 ? take_largest<T, 2> : take_largest<T, 0>;
  for (Index i = 0; i < x.rows() * pool.planes; ++i)
    plane(pool.window, x.data() + i * pool.plane_size(), y.data() + i * pool.window.places(),
          site.saved + i * pool.window.places());
}

template <std::floating_point T>
void MaxPool::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (!x_gradient.data()) return;
  const PoolWindow pool(*site.input, size, stride);
  const Index planes = x.rows() * pool.planes, width = pool.window.width;
  const T *from = y_gradient.data(), *chosen = site.saved;
  T* to = x_gradient.data();
  x_gradient.setZero();
  for (Index plane = 0; plane < planes; ++plane) {
    pool.for_each_place([&](Index place, Index corner) {
      const Index at = static_cast<Index>(chosen[place]);
      to[corner + at / size * width + at % size] += from[place];
    });
    to += pool.plane_size(), from += pool.window.places(), chosen += pool.window.places();
  }
}

MATHTOOL_LAYER(MaxPool);

}  // namespace mathtool::nn
