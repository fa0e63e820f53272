#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The hyperbolic tangent.
///     y = tanh x,   ∂x = ∂y (1 − y²)
/// Ref: LeCun et al., Efficient backprop (1998), §4.4.
struct Tanh {
  Index parameter_count() const { return 0; }

  template <std::floating_point T>
  Batch<T> forward(const ConstSlice<T>&, const Batch<T>& x) const {
    return x.array().tanh();
  }

  template <std::floating_point T>
  Batch<T> backward(const ConstSlice<T>&, const Batch<T>&, const Batch<T>& y,
                    const Batch<T>& y_gradient, Slice<T>&) const {
    return y_gradient.array() * (T(1) - y.array().square());
  }
};

}  // namespace mathtool::nn
