#include "mathtool/nn/layers/leaky_relu.hpp"

#include <fmt/format.h>

#include "elementwise.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

template <class T>
struct LeakyReluValue {
  T slope;
  MATHTOOL_KERNEL T operator()(T x) const { return x > 0 ? x : slope * x; }
};

template <class T>
struct LeakyReluGradient {
  T slope;
  MATHTOOL_KERNEL T operator()(T y, T y_gradient) const {
    return y > 0 ? y_gradient : slope * y_gradient;
  }
};

}  // namespace

void LeakyRelu::validate() const {
  require(slope >= 0 && slope < 1, "leaky_relu: slope must be in [0, 1), got {}", slope);
}

LayerPlan LeakyRelu::plan(const Shape& input) const {
  validate();
  return {.output = input};
}

std::string LeakyRelu::text() const {
  return *this == LeakyRelu() ? std::string(name) : fmt::format("{} {}", name, slope);
}

template <std::floating_point T>
void LeakyRelu::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(LeakyReluValue<T>{static_cast<T>(slope)}, x.size(), x.data(), y.data());
}

template <std::floating_point T>
void LeakyRelu::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>& y,
                         const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(LeakyReluGradient<T>{static_cast<T>(slope)}, y.size(), y.data(),
                  y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(LeakyRelu);

}  // namespace mathtool::nn
