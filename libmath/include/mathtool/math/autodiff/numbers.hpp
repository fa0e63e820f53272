#pragma once

#include <Eigen/Core>

#include "mathtool/math/autodiff/differentiable.hpp"

namespace mathtool::math {

/// A vector of numbers of any kind: what a generic function of several of them is called with.
template <class S>
using Numbers = Eigen::Matrix<S, Eigen::Dynamic, 1>;

}  // namespace mathtool::math

/// Eigen computes with vectors of them: x.squaredNorm(), A * x, x.array().exp().sum().
namespace Eigen {

template <mathtool::math::Differentiable S>
struct NumTraits<S> : NumTraits<typename S::Value> {
  using Real = S;
  using NonInteger = S;
  using Nested = S;
  using Literal = typename NumTraits<typename S::Value>::Literal;
  enum { IsComplex = 0, IsInteger = 0, IsSigned = 1, RequireInitialization = 1 };
};

template <mathtool::math::Differentiable S, class Operation>
struct ScalarBinaryOpTraits<S, double, Operation> {
  using ReturnType = S;
};
template <mathtool::math::Differentiable S, class Operation>
struct ScalarBinaryOpTraits<double, S, Operation> {
  using ReturnType = S;
};

}  // namespace Eigen
