#include "mathtool/nn/layers/elu.hpp"

#include <fmt/format.h>

#include <cmath>

#include "elementwise.hpp"
#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

template <class T>
struct EluValue {
  T alpha;
  MATHTOOL_KERNEL T operator()(T x) const {
    const T negative = alpha * math::kernels::expm1_of_negative(std::min(x, T(0)));
    return x > 0 ? x : negative;
  }
};

template <class T>
struct EluGradient {
  T alpha;
  MATHTOOL_KERNEL T operator()(T y, T y_gradient) const {
    return y > 0 ? y_gradient : y_gradient * (y + alpha);
  }
};

}  // namespace

void Elu::validate() const {
  require(alpha > 0 && std::isfinite(alpha), "elu: alpha must be > 0, got {}", alpha);
}

LayerPlan Elu::plan(const Shape& input) const {
  validate();
  return {.output = input};
}

std::string Elu::text() const {
  return *this == Elu() ? std::string(name) : fmt::format("{} {}", name, alpha);
}

template <std::floating_point T>
void Elu::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(EluValue<T>{static_cast<T>(alpha)}, x.size(), x.data(), y.data());
}

template <std::floating_point T>
void Elu::backward(const Site<T>&, const ConstRows<T>&, const ConstRows<T>& y,
                   const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(EluGradient<T>{static_cast<T>(alpha)}, y.size(), y.data(), y_gradient.data(),
                  x_gradient.data());
}

MATHTOOL_LAYER(Elu);

}  // namespace mathtool::nn
