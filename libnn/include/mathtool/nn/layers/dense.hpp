#pragma once

#include "mathtool/nn/layer.hpp"

namespace mathtool::nn {

/// An affine map of every row.
///     y = x W + b,   ∂x = ∂y Wᵀ,   ∂W = xᵀ ∂y,   ∂b = Σ rows of ∂y
/// Shapes: x is n × inputs, y is n × outputs; parameters are W by rows (inputs × outputs), then b.
/// Throws: DimensionError that names both shapes.
/// Ref:    Goodfellow, Bengio & Courville, Deep Learning (2016), §6.5.
class Dense {
 public:
  Dense(Index inputs, Index outputs);  ///< both ≥ 1; Throws: DomainError

  Index inputs() const { return inputs_; }
  Index outputs() const { return outputs_; }
  Index parameter_count() const { return (inputs_ + 1) * outputs_; }

  template <std::floating_point T>
  Batch<T> forward(const ConstSlice<T>& parameters, const Batch<T>& x) const;
  template <std::floating_point T>
  Batch<T> backward(const ConstSlice<T>& parameters, const Batch<T>& x, const Batch<T>& y,
                    const Batch<T>& y_gradient, Slice<T>& gradient) const;

 private:
  Index inputs_;
  Index outputs_;
};

}  // namespace mathtool::nn
