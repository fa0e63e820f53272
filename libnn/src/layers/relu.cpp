#include "mathtool/nn/layers/relu.hpp"

#include "elementwise.hpp"

namespace mathtool::nn {
namespace {

struct ReluValue {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    return x <= 0 ? T(0) : x;
  }
};

struct ReluGradient {
  template <class T>
  MATHTOOL_KERNEL T operator()(T y, T y_gradient) const {
    return y <= 0 ? T(0) : y_gradient;
  }
};

}  // namespace

template <std::floating_point T>
void Relu::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(ReluValue(), x.size(), x.data(), y.data());
}

template <std::floating_point T>
void Relu::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>& y,
                    const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(ReluGradient(), y.size(), y.data(), y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(Relu);

}  // namespace mathtool::nn
