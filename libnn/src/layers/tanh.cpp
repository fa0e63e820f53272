#include "mathtool/nn/layers/tanh.hpp"

#include "elementwise.hpp"
#include "gate_kernels.hpp"

namespace mathtool::nn {
namespace {

struct TanhValue {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    return hyperbolic_tangent(x);
  }
};

struct TanhGradient {
  template <class T>
  MATHTOOL_KERNEL T operator()(T y, T y_gradient) const {
    return y_gradient * ((1 - y) * (1 + y));
  }
};

}  // namespace

template <std::floating_point T>
void Tanh::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(TanhValue(), x.size(), x.data(), y.data());
}

template <std::floating_point T>
void Tanh::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>& y,
                    const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(TanhGradient(), y.size(), y.data(), y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(Tanh);

}  // namespace mathtool::nn
