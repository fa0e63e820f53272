#pragma once

#include <memory>
#include <utility>

#include "mathtool/math/autodiff/gradient.hpp"
#include "mathtool/math/autodiff/hessian.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// An objective whose derivatives come from automatic differentiation: exact, without step sizes.
/// One per thread: it keeps its tape from call to call.
template <math::ScalarField F>
class AutodiffObjective {
 public:
  explicit AutodiffObjective(F f) : f_(std::move(f)) {}

  double operator()(const Vec& x, Vec& gradient) {
    return math::value_and_gradient(f_, x, gradient, *tape_);
  }
  double value(const Vec& x) const { return f_(x); }
  Mat hessian(const Vec& x) const { return math::hessian(f_, x); }
  Vec hessian_times(const Vec& x, const Vec& v) const { return math::hessian_vector(f_, x, v); }

 private:
  F f_;
  std::unique_ptr<math::Tape<>> tape_ = std::make_unique<math::Tape<>>();
};

/// f written for numbers of any kind, as an objective:
///     by_autodiff([](const auto& x) { using std::exp; return exp(x[0]) + x[1] * x[1]; })
/// What f returns must not be an Eigen expression, nor refer to x.
/// Cost: a gradient takes 2 to 3 evaluations of f for any number of variables.
template <math::ScalarField F>
AutodiffObjective<F> by_autodiff(F f) {
  return AutodiffObjective<F>(std::move(f));
}

}  // namespace mathtool::opt
