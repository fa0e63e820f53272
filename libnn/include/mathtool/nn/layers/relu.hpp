#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// The rectified linear unit.
///     y = max(x, 0),   ∂x = ∂y where x > 0, else 0
/// Ref: Nair & Hinton, Rectified linear units improve restricted Boltzmann machines (2010).
struct Relu {
  Index parameter_count() const { return 0; }

  template <std::floating_point T>
  Batch<T> forward(const ConstSlice<T>&, const Batch<T>& x) const {
    return (x.array() < T(0)).select(T(0), x);  // NaN stays
  }

  template <std::floating_point T>
  Batch<T> backward(const ConstSlice<T>&, const Batch<T>&, const Batch<T>& y,
                    const Batch<T>& y_gradient, Slice<T>&) const {
    return (y.array() > T(0)).select(y_gradient.array(), T(0));
  }
};

}  // namespace mathtool::nn
