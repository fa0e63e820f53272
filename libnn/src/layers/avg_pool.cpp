#include "mathtool/nn/layers/avg_pool.hpp"

#include "layer_members.hpp"
#include "pool_window.hpp"

namespace mathtool::nn {

LayerPlan AvgPool::plan(const Shape& input) const {
  return PoolWindow(input, size, stride).plan(input);
}

std::string AvgPool::text() const { return pool_text(name, size, stride); }

template <std::floating_point T>
void AvgPool::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const PoolWindow pool(*site.input, size, stride);
  const Index planes = x.rows() * pool.planes, width = pool.window.width;
  const T share = T(1) / static_cast<T>(size * size);
  const T* from = x.data();
  T* to = y.data();
  for (Index plane = 0; plane < planes; ++plane) {
    pool.for_each_place([&](Index place, Index corner) {
      T sum = 0;
      for (Index k = 0; k < size; ++k)
        for (Index l = 0; l < size; ++l) sum += from[corner + k * width + l];
      to[place] = sum * share;
    });
    from += pool.plane_size(), to += pool.window.places();
  }
}

template <std::floating_point T>
void AvgPool::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (!x_gradient.data()) return;
  const PoolWindow pool(*site.input, size, stride);
  const Index planes = x.rows() * pool.planes, width = pool.window.width;
  const T share = T(1) / static_cast<T>(size * size);
  const T* from = y_gradient.data();
  T* to = x_gradient.data();
  x_gradient.setZero();
  for (Index plane = 0; plane < planes; ++plane) {
    pool.for_each_place([&](Index place, Index corner) {
      const T part = from[place] * share;
      for (Index k = 0; k < size; ++k)
        for (Index l = 0; l < size; ++l) to[corner + k * width + l] += part;
    });
    to += pool.plane_size(), from += pool.window.places();
  }
}

MATHTOOL_LAYER(AvgPool);

}  // namespace mathtool::nn
