#include "mathtool/opt/constraints/constrained_iterate.hpp"

#include <algorithm>
#include <cmath>

namespace mathtool::opt {

Vec ConstrainedIterate::lagrangian_gradient() const {
  return gradient + jacobian.transpose() * multipliers + bound_multipliers;
}

double KktResiduals::largest() const {
  return std::max({stationarity, feasibility, complementarity});
}

double violation(const Constraint& constraint, double g) {
  return constraint.equality ? std::abs(g) : std::max(g, 0.0);
}

double violation(const ConstrainedProblem& problem, const Vec& g) {
  double most = 0;
  for (Index i = 0; i < g.size(); ++i)
    most = std::max(most, violation(problem.constraints[static_cast<std::size_t>(i)], g[i]));
  return most;
}

KktResiduals kkt_residuals(const ConstrainedProblem& problem, const ConstrainedIterate& at) {
  KktResiduals result;
  result.stationarity = at.lagrangian_gradient().lpNorm<Eigen::Infinity>();
  result.feasibility = violation(problem, at.g);
  const auto complement = [&](double multiplier, double room) {
    result.complementarity = std::max(result.complementarity, std::abs(std::min(multiplier, room)));
  };
  for (Index i = 0; i < at.g.size(); ++i)
    if (!problem.constraints[static_cast<std::size_t>(i)].equality)
      complement(at.multipliers[i], std::max(-at.g[i], 0.0));
  if (!problem.box.unbounded())
    for (Index i = 0; i < at.x.size(); ++i) {
      if (problem.box.low[i] == problem.box.high[i]) continue;
      // One of the two sides is what a bound multiplier speaks of; of the other it is 0.
      const double z = at.bound_multipliers[i];
      if (z > 0) complement(z, problem.box.high[i] - at.x[i]);
      if (z < 0) complement(-z, at.x[i] - problem.box.low[i]);
    }
  else if (at.bound_multipliers.size() > 0)
    result.complementarity =
        std::max(result.complementarity, at.bound_multipliers.lpNorm<Eigen::Infinity>());
  return result;
}

}  // namespace mathtool::opt
