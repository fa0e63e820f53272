#pragma once

#include <Eigen/Core>
#include <concepts>

#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// n × d, one observation per row, stored by rows; float to train, double to check gradients.
template <std::floating_point T>
using Batch = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A layer's part of the network's one flat parameter buffer, or of its gradient.
template <std::floating_point T>
using Slice = Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, 1>>;
template <std::floating_point T>
using ConstSlice = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, 1>>;

/// A stateless function y = f(θ, x) of parameters that are kept elsewhere.
///
///     forward(θ, x) → y
///     backward(θ, x, y, ∂y, ∂θ) → ∂x, adding to ∂θ; ∂ stands for the gradient of the loss
template <class L, class T>
concept Layer = requires(const L& layer, const ConstSlice<T>& parameters, const Batch<T>& x,
                         const Batch<T>& y, const Batch<T>& y_gradient, Slice<T>& gradient) {
  { layer.parameter_count() } -> std::same_as<Index>;
  { layer.forward(parameters, x) } -> std::same_as<Batch<T>>;
  { layer.backward(parameters, x, y, y_gradient, gradient) } -> std::same_as<Batch<T>>;
};

}  // namespace mathtool::nn
