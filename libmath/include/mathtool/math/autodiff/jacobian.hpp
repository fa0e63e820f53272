#pragma once

#include <concepts>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/forward_passes.hpp"
#include "mathtool/math/autodiff/numbers.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// Several functions of several numbers, of whatever kind, as anything with a size and an index:
///     [](const auto& x) { return std::array{x[0] * x[1], x[0] - x[1]}; }
template <class F>
concept VectorField = requires(const F& f, const Numbers<Dual<>>& x) {
  { f(x)[0] } -> std::convertible_to<Dual<>>;
  f(x).size();
};

namespace detail {

template <class F>
void forward_jacobian(const F& f, VecRef x, Mat& jacobian) {
  forward_passes(x, [&](const Numbers<ForwardNumber>& at, Index first, Index count) {
    Index row = 0;
    for (const ForwardNumber y : f(at)) {
      for (Index k = 0; k < count; ++k) jacobian(row, first + k) = y.derivative(k);
      ++row;
    }
  });
}

template <class F>
void reverse_jacobian(const F& f, VecRef x, Mat& jacobian) {
  Tape<> tape;
  Index row = 0;
  for (const Var<> y : f(tape.variables(x))) jacobian.row(row++) = tape.gradient(y);
}

}  // namespace detail

/// The matrix of ∂fᵢ/∂xⱼ, m × n for m functions of n variables. Forward in n/4 passes or, where the
/// functions are fewer than those, backwards in m sweeps of one tape; backwards too when the
/// forward passes found no finite matrix.
///
/// Throws:  whatever f throws. The number of functions must not depend on x.
/// Error:   that of f itself, evaluated in double precision.
template <VectorField F>
Mat jacobian(const F& f, VecRef x) {
  const auto m = static_cast<Index>(f(Vec(x)).size());
  Mat result(m, x.size());
  const Index passes = (x.size() + detail::forward_width - 1) / detail::forward_width;
  if (passes <= m) {
    detail::forward_jacobian(f, x, result);
    if (result.allFinite()) return result;
  }
  detail::reverse_jacobian(f, x, result);
  return result;
}

}  // namespace mathtool::math
