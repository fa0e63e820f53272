#include "mathtool/nn/layers/flatten.hpp"

#include "elementwise.hpp"

namespace mathtool::nn {

template <std::floating_point T>
void Flatten::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  pass_on(x, y);
}

template <std::floating_point T>
void Flatten::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>&,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data()) pass_on(y_gradient, x_gradient);
}

MATHTOOL_LAYER(Flatten);

}  // namespace mathtool::nn
