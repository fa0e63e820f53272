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

/// The probability is the density times Mills' ratio, of which z + 3 times it is a polynomial in
/// (z − 3)/(z + 3), from Chebyshev's of 40 digits.
MATHTOOL_KERNEL NormalTail<float> normal_tail(float z) {
  constexpr float coefficients[] = {7.290836907e-01F,  -5.093319895e-01F, 2.300176777e-01F,
                                    -4.726274528e-02F, -1.046229376e-02F, 6.969813131e-03F,
                                    1.024135711e-03F,  -1.034222059e-03F, -2.445826664e-04F,
                                    1.331259088e-04F,  5.535596630e-05F};
  // The square to twice the digits of a float: those of the upper half are few enough to be exact.
  const float top = std::bit_cast<float>(std::bit_cast<std::uint32_t>(z) & 0xfffff000U);
  const float bell = math::kernels::exp(-0.5F * (top * top), -0.5F * ((z - top) * (z + top)));
  const float inverse = 1 / (z + 3);
  const float mills = inverse * math::kernels::polynomial(coefficients, 1 - 6 * inverse);
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
