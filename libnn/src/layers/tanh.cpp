#include "mathtool/nn/layers/tanh.hpp"

#include <cmath>

#include "elementwise.hpp"
#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"

namespace mathtool::nn {
namespace {

struct TanhValue {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    const T t = math::kernels::expm1_of_negative(-2 * std::abs(x));
    return std::copysign(-t / (2 + t), x);
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
