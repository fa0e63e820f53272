#pragma once

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/forward_passes.hpp"
#include "mathtool/math/autodiff/gradient.hpp"
#include "mathtool/math/autodiff/numbers.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {
namespace detail {

/// The gradient of f at numbers that carry derivatives themselves; a view into the tape.
template <class F, class D>
Eigen::Map<const Numbers<D>> gradient_at(const F& f, const Numbers<D>& x, Tape<D>& tape) {
  const Var<D> y = f(tape.variables(x));
  return tape.gradient(y);
}

}  // namespace detail

/// H v with H the matrix of ∂²f/∂xᵢ∂xⱼ, which is not formed: the derivative along v of the
/// gradient, forward over reverse.
///
/// Pre:     x and v of one size.     Throws: DimensionError; whatever f throws.
/// Error:   that of f itself, evaluated in double precision.
/// Cost:    about three gradients for any number of variables.
/// Ref:     Pearlmutter, Fast exact multiplication by the Hessian (1994).
template <ScalarField F>
Vec hessian_vector(const F& f, VecRef x, VecRef v) {
  Tape<Dual<>> tape;
  return detail::gradient_at(f, detail::along(x, v), tape).unaryExpr([](const Dual<>& slope) {
    return slope.derivative();
  });
}

/// The matrix of ∂²f/∂xᵢ∂xⱼ, n × n, exactly symmetric: the gradient's derivatives along four axes
/// at a time, forward over reverse.
///
/// Throws:  whatever f throws.
/// Error:   that of f itself, evaluated in double precision.
/// Cost:    n/4 gradients of numbers with four derivatives.
template <ScalarField F>
Mat hessian(const F& f, VecRef x) {
  using detail::ForwardNumber;
  Tape<ForwardNumber> tape;
  Mat result(x.size(), x.size());
  detail::forward_passes(x, [&](const Numbers<ForwardNumber>& at, Index first, Index count) {
    const auto gradient = detail::gradient_at(f, at, tape);
    for (Index k = 0; k < count; ++k)
      result.col(first + k) =
          gradient.unaryExpr([k](const ForwardNumber& slope) { return slope.derivative(k); });
  });
  return (result + result.transpose()) / 2;
}

}  // namespace mathtool::math
