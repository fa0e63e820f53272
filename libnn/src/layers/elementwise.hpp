#pragma once

#include <algorithm>

#include "layer_members.hpp"
#include "mathtool/math/multiversion.hpp"
#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// y = f(x) for every element; y may be x.
template <class T, class F>
MATHTOOL_MULTIVERSION void map_elements(F f, Index n, const T* x, T* y) {
  MATHTOOL_INDEPENDENT for (Index i = 0; i < n; ++i) y[i] = f(x[i]);
}

/// ∂x = g(v, ∂y) for every element, where v is what the derivative is computed from: x or y.
template <class T, class G>
MATHTOOL_MULTIVERSION void map_gradients(G g, Index n, const T* v, const T* y_gradient,
                                         T* x_gradient) {
  MATHTOOL_INDEPENDENT for (Index i = 0; i < n; ++i) x_gradient[i] = g(v[i], y_gradient[i]);
}

/// y = x, which may be the same memory already.
template <std::floating_point T>
void pass_on(const ConstRows<T>& x, Rows<T>& y) {
  if (y.data() != x.data()) std::copy_n(x.data(), x.size(), y.data());
}

}  // namespace mathtool::nn
