#include "mathtool/nn/layers/sigmoid.hpp"

#include "elementwise.hpp"
#include "gate_kernels.hpp"

namespace mathtool::nn {
namespace {

struct SigmoidValue {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    return logistic(x);
  }
};

struct SigmoidGradient {
  template <class T>
  MATHTOOL_KERNEL T operator()(T y, T y_gradient) const {
    return y_gradient * (y * (1 - y));
  }
};

}  // namespace

template <std::floating_point T>
void Sigmoid::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(SigmoidValue(), x.size(), x.data(), y.data());
}

template <std::floating_point T>
void Sigmoid::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>& y,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(SigmoidGradient(), y.size(), y.data(), y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(Sigmoid);

}  // namespace mathtool::nn
