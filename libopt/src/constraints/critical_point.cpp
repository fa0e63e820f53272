#include "critical_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace mathtool::opt {
namespace {

/// Relative to the sizes of what is compared: the distance of a constraint from its limit, and of a
/// multiplier from 0, at a point that met the usual tolerances.
constexpr double nearly = 1e-7;

/// In units of ∇f, what a multiplier must pull with to count.
double noticeable(const ConstrainedIterate& at) {
  double pull = at.gradient.lpNorm<Eigen::Infinity>();
  for (Index i = 0; i < at.multipliers.size(); ++i)
    pull =
        std::max(pull, std::abs(at.multipliers[i]) * at.jacobian.row(i).lpNorm<Eigen::Infinity>());
  if (at.bound_multipliers.size() > 0)
    pull = std::max(pull, at.bound_multipliers.lpNorm<Eigen::Infinity>());
  return nearly * pull;
}

Mat stacked(const std::vector<Vec>& rows, Index n) {
  Mat result(std::ssize(rows), n);
  for (Index i = 0; i < std::ssize(rows); ++i)
    result.row(i) = rows[static_cast<std::size_t>(i)].transpose();
  return result;
}

}  // namespace

bool is_active(const ConstrainedProblem& problem, const ConstrainedIterate& at, Index i) {
  if (problem.constraints[static_cast<std::size_t>(i)].equality) return true;
  const double slope = at.jacobian.row(i).lpNorm<Eigen::Infinity>();
  const double size = slope * std::max(1.0, at.x.lpNorm<Eigen::Infinity>());
  if (at.g[i] >= -nearly * std::max(size, std::numeric_limits<double>::min())) return true;
  return std::abs(at.multipliers[i]) * slope > noticeable(at) && at.g[i] >= -1e-4 * size;
}

ActiveGradients active_gradients(const ConstrainedProblem& problem, const ConstrainedIterate& at) {
  const Index n = at.x.size();
  std::vector<Vec> equalities, strict, weak;
  std::vector<double> signs;
  const double limit = noticeable(at);
  const auto add = [&](const Vec& normal, double multiplier) {
    if (std::abs(multiplier) * normal.lpNorm<Eigen::Infinity>() > limit) {
      strict.push_back(normal);
      signs.push_back(multiplier);
    } else {
      weak.push_back(normal);
    }
  };
  for (Index i = 0; i < at.g.size(); ++i) {
    const Vec normal = at.jacobian.row(i);
    if (problem.constraints[static_cast<std::size_t>(i)].equality)
      equalities.push_back(normal);
    else if (is_active(problem, at, i))
      add(normal, at.multipliers[i]);
  }
  for (Index i = 0; i < n && !problem.box.unbounded(); ++i) {
    const double low = problem.box.low[i], high = problem.box.high[i];
    const double room = nearly * std::max(1.0, std::abs(at.x[i]));
    if (low == high)
      equalities.push_back(Vec::Unit(n, i));
    else if (at.x[i] >= high - std::min(room, (high - low) / 4))
      add(Vec::Unit(n, i), at.bound_multipliers[i]);
    else if (at.x[i] <= low + std::min(room, (high - low) / 4))
      add(-Vec::Unit(n, i), -at.bound_multipliers[i]);
  }
  return {.equalities = stacked(equalities, n),
          .strict = stacked(strict, n),
          .signs = Eigen::Map<const Vec>(signs.data(), std::ssize(signs)),
          .weak = stacked(weak, n)};
}

Mat lagrangian_hessian(ConstrainedEvaluations& f, const ConstrainedIterate& at) {
  Mat result;
  if (f.has_hessian()) {
    result = f.lagrangian_hessian(at.x, at.multipliers);
  } else {
    const Index n = at.x.size();
    result.resize(n, n);
    ConstrainedIterate up = at, down = at;
    for (Index j = 0; j < n; ++j) {
      const double h =
          std::cbrt(std::numeric_limits<double>::epsilon()) * std::max(1.0, std::abs(at.x[j]));
      up.x[j] = at.x[j] + h;
      down.x[j] = at.x[j] - h;
      f.box().project(up.x);
      f.box().project(down.x);
      const double apart = up.x[j] - down.x[j];
      if (!(apart > 0)) {  // fixed: never free
        result.col(j).setZero();
      } else {
        if (!f(up) || !f(down)) return {};
        result.col(j) = (up.lagrangian_gradient() - down.lagrangian_gradient()) / apart;
      }
      up.x[j] = down.x[j] = at.x[j];
    }
    result = (result + result.transpose()).eval() / 2;
  }
  return result.allFinite() ? result : Mat();
}

SecondOrderVerdict verdict_at(ConstrainedEvaluations& f, const ConstrainedIterate& at) {
  const Mat H = lagrangian_hessian(f, at);
  if (H.size() == 0) return {.reason = "the second derivatives are not finite there"};
  const ActiveGradients active = active_gradients(f.problem(), at);
  SecondOrderOptions options{.tolerance = f.has_hessian() ? 1e-8 : 1e-4};
  SecondOrderVerdict verdict = second_order(H, active, options);
  const double size = H.cwiseAbs().maxCoeff();
  if (verdict.curvatures.size() == 0 || size == 0) return verdict;

  const double small = verdict.curvatures.cwiseAbs().minCoeff();
  const double residual = at.lagrangian_gradient().norm();
  if (!(small <= 1e-2 * size) || residual == 0 || !f.has_hessian()) return verdict;
  // μ² ≲ 4 |third derivative| · ‖∇L‖: the curvature may vanish at the exact solution.
  ConstrainedIterate beside = at;
  const double distance = 1e-4 * std::max(1.0, at.x.lpNorm<Eigen::Infinity>());
  double third = 0;
  for (Index j = 0; j < at.x.size(); ++j) {
    beside.x = at.x;
    beside.x[j] += distance;
    f.box().project(beside.x);
    const double apart = std::abs(beside.x[j] - at.x[j]);
    if (!(apart > 0)) continue;
    const Mat there = lagrangian_hessian(f, beside);
    if (there.size() > 0) third = std::max(third, (there - H).cwiseAbs().maxCoeff() / apart);
  }
  const double noise = 2 * std::sqrt(third * residual);
  if (small > noise) return verdict;
  options.tolerance = std::max(options.tolerance, noise / size);
  return second_order(H, active, options);
}

}  // namespace mathtool::opt
