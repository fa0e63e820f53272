#include "mathtool/opt/box.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

bool Box::contains(const VecRef& x) const {
  return unbounded() || ((x.array() >= low.array()).all() && (x.array() <= high.array()).all());
}

void Box::project(Eigen::Ref<Vec> x) const {
  if (!unbounded()) x = x.cwiseMax(low).cwiseMin(high);
}

void Box::validate(Index n) const {
  if (unbounded() && high.size() == 0) return;
  require<DimensionError>(low.size() == n && high.size() == n,
                          "bounds: {} lower and {} upper ones for {} variables", low.size(),
                          high.size(), n);
  for (Index i = 0; i < n; ++i)
    require(low[i] <= high[i], "bounds: variable {} must lie between {} and {}, which is empty",
            i + 1, low[i], high[i]);
}

double projected_gradient_norm(const Box& box, const VecRef& x, const VecRef& gradient) {
  if (box.unbounded()) return gradient.lpNorm<Eigen::Infinity>();
  // Not x − P(x − g): where |g| is far below |x|, the difference would be 0.
  return gradient.array().min((x - box.low).array()).max((x - box.high).array()).abs().maxCoeff();
}

}  // namespace mathtool::opt
