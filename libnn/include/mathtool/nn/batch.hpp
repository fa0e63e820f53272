#pragma once

#include <Eigen/Core>
#include <concepts>

#include "mathtool/math/tensor/shape.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::nn {

using math::Shape;  ///< of one observation: (784), (time, features), (channels, height, width)
using opt::Parameters;

/// n × d, one observation per row, its elements in row-major order of its shape; float to train,
/// double to check gradients.
template <std::floating_point T>
using Batch = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Some rows of a batch, in place.
template <std::floating_point T>
using Rows = Eigen::Map<Batch<T>>;
template <std::floating_point T>
using ConstRows = Eigen::Map<const Batch<T>>;

template <std::floating_point T>
using BatchRef = Eigen::Ref<const Batch<T>>;

}  // namespace mathtool::nn
