#pragma once

#include <algorithm>
#include <cmath>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/constraints/minimize.hpp"

namespace mathtool::opt {

/// How closely each test is to be met, and how far an iterate is from that.
class KktTest {
 public:
  KktTest(const ConstrainedProblem& problem, const ConstrainedOptions& options,
          const ConstrainedIterate& start)
      : problem_(problem), options_(options) {
    scale_ =
        std::min(1.0, std::max(std::abs(start.value), start.gradient.lpNorm<Eigen::Infinity>()));
    if (!(scale_ > 0)) scale_ = 1;
  }

  double stationarity_limit() const { return options_.stopping.gradient_tol * scale_; }

  bool met(const ConstrainedIterate& now) const {
    const KktResiduals r = kkt_residuals(problem_, now);
    return r.stationarity <= stationarity_limit() && r.complementarity <= stationarity_limit() &&
           feasible(now, options_.feasibility_tol, false) && worth_little(now);
  }

  /// As closely as rounding allows.
  bool nearly_met(const ConstrainedIterate& now) const {
    const KktResiduals r = kkt_residuals(problem_, now);
    double pull = std::max(scale_, now.gradient.lpNorm<Eigen::Infinity>());
    for (Index i = 0; i < now.g.size(); ++i)
      pull = std::max(pull,
                      std::abs(now.multipliers[i]) * now.jacobian.row(i).lpNorm<Eigen::Infinity>());
    const double limit = std::max(options_.stopping.gradient_tol, rounding_level) * pull;
    return r.stationarity <= limit && r.complementarity <= limit && feasible(now);
  }

  bool feasible(const ConstrainedIterate& now) const {
    return feasible(now, std::max(options_.feasibility_tol, rounding_level), true);
  }

 private:
  /// What rounding leaves of residuals relative to the terms that cancel in them.
  static constexpr double rounding_level = 1e-8;

  /// What open inequalities and violations are worth in units of f, by their multipliers. Where
  /// gradients of constraints depend on each other at the solution, multipliers grow without bound
  /// on the way there, and a residual of 1e-9 may be far from it.
  bool worth_little(const ConstrainedIterate& now) const {
    constexpr double share = 1e-7;
    const double worth = now.multipliers.cwiseAbs().dot(now.g.cwiseAbs());
    return worth <= share * std::max(scale_, std::abs(now.value));
  }

  /// A constraint in large units may be violated by more only where `relative`; one in small units
  /// by less always.
  bool feasible(const ConstrainedIterate& now, double tolerance, bool relative) const {
    const double size = std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
    for (Index i = 0; i < now.g.size(); ++i) {
      const double unit = now.jacobian.row(i).lpNorm<Eigen::Infinity>() * size;
      const double over = violation(problem_.constraints[static_cast<std::size_t>(i)], now.g[i]);
      if (!(over <= tolerance * (relative ? unit : std::min(1.0, unit)))) return false;
    }
    return true;
  }

  const ConstrainedProblem& problem_;
  const ConstrainedOptions& options_;
  double scale_ = 1;
};

}  // namespace mathtool::opt
