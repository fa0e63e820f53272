#include "mathtool/nn/layers/max_pool.hpp"

#include "layer_members.hpp"
#include "pool_window.hpp"

namespace mathtool::nn {

LayerPlan MaxPool::plan(const Shape& input) const {
  LayerPlan plan = PoolWindow(input, size, stride).plan(input);
  plan.saved = math::element_count(plan.output);  // which element of the window was the largest
  return plan;
}

std::string MaxPool::text() const { return pool_text(name, size, stride); }

template <std::floating_point T>
void MaxPool::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const PoolWindow pool(*site.input, size, stride);
  const Index planes = x.rows() * pool.planes, width = pool.window.width;
  const T* from = x.data();
  T *to = y.data(), *chosen = site.saved;
  for (Index plane = 0; plane < planes; ++plane) {
    pool.for_each_place([&](Index place, Index corner) {
      T largest = from[corner];
      Index at = 0;
      for (Index k = 0; k < size; ++k)
        for (Index l = 0; l < size; ++l) {
          const T value = from[corner + k * width + l];
          if (value > largest || value != value) largest = value, at = k * size + l;
        }
      to[place] = largest;
      chosen[place] = static_cast<T>(at);
    });
    from += pool.plane_size(), to += pool.window.places(), chosen += pool.window.places();
  }
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
