#include "mathtool/nn/layers/gelu.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

#include "elementwise.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"

namespace mathtool::nn {
namespace {

/// P(Z > z) and the density at z of the standard normal distribution, for z ≥ 0.
template <class T>
struct NormalTail {
  T probability, density;
};

inline NormalTail<double> normal_tail(double z) {
  return {0.5 * std::erfc(z * 0.70710678118654752440),
          0.39894228040143267794 * std::exp(-0.5 * z * z)};
}

/// The probability is the density times Mills' ratio, of which (1 + 5z/4) times it is a polynomial
/// in (z − 3)/(z + 3), from Chebyshev's of 40 digits.
MATHTOOL_KERNEL NormalTail<float> normal_tail(float z) {
  constexpr float coefficients[] = {5.771912575e-01F, -6.905782822e-02F, -5.134672045e-02F,
                                    6.800922569e-02F, -2.994121596e-02F, 7.170481955e-04F,
                                    3.984344960e-03F, -3.388029507e-04F, -6.148331650e-04F,
                                    1.826793448e-07F, 5.699614396e-05F};
  // The square to twice the digits of a float: those of the upper half are few enough to be exact.
  const float top = std::bit_cast<float>(std::bit_cast<std::uint32_t>(z) & 0xfffff000U);
  const float bell = math::kernels::exp(-0.5F * (top * top), -0.5F * ((z - top) * (z + top)));
  const float mills = math::kernels::polynomial(coefficients, (z - 3) / (z + 3)) / (1 + 1.25F * z);
  return {bell * mills, 0.398942280F * bell};
}

/// Where Φ(−z) is 0 in either kind of number; it keeps ∞ from a product with 0.
constexpr int vanishes = 40;

struct GeluValue {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    const T z = std::min(std::abs(x), T(vanishes)), tail = normal_tail(z).probability;
    return x > 0 ? x * (1 - tail) : -z * tail;
  }
};

struct GeluGradient {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x, T y_gradient) const {
    const T z = std::min(std::abs(x), T(vanishes));
    const NormalTail<T> tail = normal_tail(z);
    const T below = tail.probability - z * tail.density;  // the derivative at −z
    return y_gradient * (x > 0 ? 1 - below : below);
  }
};

}  // namespace

template <std::floating_point T>
void Gelu::forward(const Site<T>&, const ConstRows<T>& x, Rows<T>& y) const {
  map_elements(GeluValue(), x.size(), x.data(), y.data());
}

template <std::floating_point T>
void Gelu::backward(const Site<T>&, const ConstRows<T>& x, const ConstRows<T>&,
                    const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    map_gradients(GeluGradient(), x.size(), x.data(), y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(Gelu);

}  // namespace mathtool::nn
