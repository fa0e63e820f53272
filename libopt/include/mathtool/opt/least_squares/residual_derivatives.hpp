#pragma once

#include <type_traits>
#include <utility>

#include "mathtool/math/autodiff/jacobian.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"

namespace mathtool::opt {

/// Residuals whose Jacobian comes from automatic differentiation: exact, without step sizes.
template <math::VectorField F>
class AutodiffResiduals {
 public:
  explicit AutodiffResiduals(F f) : f_(std::move(f)) {}

  void operator()(const Vec& x, Vec& residuals, Mat* jacobian) const {
    const auto values = f_(x);
    residuals.resize(static_cast<Index>(values.size()));
    Index row = 0;
    for (const double value : values) residuals[row++] = value;
    if (jacobian) *jacobian = math::jacobian(f_, x);
  }

 private:
  F f_;
};

/// r written for numbers of any kind, as anything with a size and an index:
///     residuals_by_autodiff([](const auto& x) { return std::array{x[0] * x[1] - 1, x[0] - 2}; })
template <math::VectorField F>
AutodiffResiduals<F> residuals_by_autodiff(F f) {
  return AutodiffResiduals<F>(std::move(f));
}

/// ∂r/∂x by central differences, one-sided where the box or a value that is not finite is in the
/// way. Throws: what r throws.  Cost: 2 n calls.  Error: about 1e-10 relative for a smooth r.
void difference_jacobian(FunctionRef<Vec(const Vec&)> r, const Vec& x, const Vec& at_x,
                         const Box& box, Mat& jacobian);

/// Residuals of which nothing is known but their values.
template <class F>
class DifferenceResiduals {
 public:
  DifferenceResiduals(F f, Box box) : f_(std::move(f)), box_(std::move(box)) {}

  void operator()(const Vec& x, Vec& residuals, Mat* jacobian) {
    residuals = f_(x);
    if (jacobian)
      difference_jacobian([&](const Vec& at) { return Vec(f_(at)); }, x, residuals, box_,
                          *jacobian);
  }

 private:
  F f_;
  Box box_;
};

/// r: Vec → Vec as residuals; it is asked at no point outside of the box.
template <class F>
DifferenceResiduals<F> residuals_by_differences(F f, Box box = {}) {
  return {std::move(f), std::move(box)};
}

}  // namespace mathtool::opt
