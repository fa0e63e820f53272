#include "mathtool/opt/constraints/constrained_evaluations.hpp"

#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {

bool ConstrainedEvaluations::operator()(ConstrainedIterate& at) {
  at.value = f_(at.x, at.gradient);
  if (!std::isfinite(at.value)) return false;
  const Index m = problem_.count(), n = at.x.size();
  at.g.resize(m);
  at.jacobian.resize(m, n);
  for (Index i = 0; i < m; ++i) {
    scratch_.setZero(n);
    at.g[i] = problem_.constraints[static_cast<std::size_t>(i)].g(at.x, scratch_);
    require<DimensionError>(scratch_.size() == n,
                            "minimize: '{}' made a gradient of {} for x of {}", problem_.text(i),
                            scratch_.size(), n);
    at.jacobian.row(i) = scratch_.transpose();
  }
  return at.g.allFinite() && at.jacobian.allFinite();
}

bool ConstrainedEvaluations::values(ConstrainedIterate& at) {
  at.value = f_.value(at.x);
  if (!std::isfinite(at.value)) return false;
  const Index m = problem_.count();
  at.g.resize(m);
  for (Index i = 0; i < m; ++i) {
    const Objective& g = problem_.constraints[static_cast<std::size_t>(i)].g;
    if (g.has_value()) {
      at.g[i] = g.value(at.x);
    } else {
      scratch_.setZero(at.x.size());
      at.g[i] = g(at.x, scratch_);
    }
  }
  return at.g.allFinite();
}

Mat ConstrainedEvaluations::lagrangian_hessian(const Vec& x, const Vec& multipliers) {
  ++hessians_;
  Mat result = problem_.f.hessian(x);
  for (Index i = 0; i < problem_.count(); ++i)
    if (multipliers[i] != 0)
      result += multipliers[i] * problem_.constraints[static_cast<std::size_t>(i)].g.hessian(x);
  return (result + result.transpose()) / 2;
}

}  // namespace mathtool::opt
