#pragma once

#include <concepts>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/forward_passes.hpp"
#include "mathtool/math/autodiff/numbers.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// A scalar function of several numbers, of whatever kind they are:
///     [](const auto& x) { using std::exp; return x[0] * exp(x[1]); }
/// It is called with Numbers<S>, an Eigen vector of doubles, Duals or Vars. What it returns must
/// not be an Eigen expression, nor refer to x.
template <class F>
concept ScalarField = requires(const F& f, const Numbers<Dual<>>& x) {
  { f(x) } -> std::convertible_to<Dual<>>;
};

namespace detail {

template <class F>
double forward_gradient(const F& f, VecRef x, Eigen::Ref<Vec> gradient) {
  double value = 0;
  forward_passes(x, [&](const Numbers<ForwardNumber>& at, Index first, Index count) {
    const ForwardNumber y = f(at);
    value = y.value();
    for (Index k = 0; k < count; ++k) gradient[first + k] = y.derivative(k);
  });
  return value;
}

template <class F>
double reverse_gradient(const F& f, VecRef x, Eigen::Ref<Vec> gradient, Tape<>& tape) {
  const Var<> y = f(tape.variables(x));
  gradient = tape.gradient(y);
  return y.value();
}

}  // namespace detail

/// f(x), and its gradient in the buffer given: exact, without step sizes. Up to 4 variables take
/// one forward pass; more go backwards, all at once. What the forward pass finds to be NaN or
/// infinite is asked of the tape, which knows a constant from a derivative that happens to be 0.
///
/// Pre:     x is not empty; the buffer has its size.     Throws: DimensionError; whatever f throws.
/// Error:   that of f itself, evaluated in double precision.
/// Cost:    2 to 3 evaluations of f for any number of variables where it calls functions, 2 to 4 ns
///          for each operation where it does not. The tape keeps its memory for the next call.
template <ScalarField F>
double value_and_gradient(const F& f, VecRef x, Eigen::Ref<Vec> gradient, Tape<>& tape) {
  require<DimensionError>(x.size() > 0 && gradient.size() == x.size(),
                          "gradient: {} variables, room for {} derivatives", x.size(),
                          gradient.size());
  if (x.size() <= detail::forward_width) {
    const double value = detail::forward_gradient(f, x, gradient);
    if (gradient.allFinite()) return value;
  }
  return detail::reverse_gradient(f, x, gradient, tape);
}

/// ∂f/∂xᵢ, as above.
template <ScalarField F>
Vec gradient(const F& f, VecRef x) {
  Tape<> tape;
  Vec result(x.size());
  value_and_gradient(f, x, result, tape);
  return result;
}

/// The derivative along v, ∑ vᵢ ∂f/∂xᵢ, in one forward pass without the gradient.
/// Pre:     x and v of one size, v of any length.        Throws: DimensionError; whatever f throws.
template <ScalarField F>
double directional(const F& f, VecRef x, VecRef v) {
  const Dual<> y = f(detail::along(x, v));
  return y.derivative();
}

}  // namespace mathtool::math
