#include "critical_point.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace mathtool::opt {
namespace {

/// In units of ∇f, what a multiplier must pull with to count.
double noticeable(const ConstrainedIterate& at) {
  double pull = at.gradient.lpNorm<Eigen::Infinity>();
  for (Index i = 0; i < at.multipliers.size(); ++i)
    pull =
        std::max(pull, std::abs(at.multipliers[i]) * at.jacobian.row(i).lpNorm<Eigen::Infinity>());
  if (at.bound_multipliers.size() > 0)
    pull = std::max(pull, at.bound_multipliers.lpNorm<Eigen::Infinity>());
  return nearly_active * pull;
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
  if (at.g[i] >= -nearly_active * std::max(size, std::numeric_limits<double>::min())) return true;
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
    const double room = nearly_active * std::max(1.0, std::abs(at.x[i]));
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

namespace {

/// By how much f is lower at so many times the unit along d: 1, 2 and 4. Empty where the box or a
/// constraint ends before.
std::optional<std::array<double, 3>> falls(ConstrainedEvaluations& f, const ConstrainedIterate& at,
                                           const Vec& d, double unit) {
  const double allowed = std::max(1e-9, violation(f.problem(), at.g));
  std::array<double, 3> result = {};
  ConstrainedIterate trial = at;
  for (double& fall : result) {
    trial.x = at.x + unit * d;
    const bool possible = f.box().contains(trial.x) && !f.exhausted() && f.values(trial) &&
                          violation(f.problem(), trial.g) <= allowed;
    if (!possible) return std::nullopt;
    fall = at.value - trial.value;
    unit *= 2;
  }
  return result;
}

/// Whether f falls along d by a power of the distance above the second: then each doubling brings
/// three times the fall or more, which slopes and rounding do not.
bool by_higher_power(const std::array<double, 3>& fall) {
  return fall[0] > 0 && fall[1] >= 3 * fall[0] && fall[2] >= 3 * fall[1];
}

/// Where a curvature is 0, values decide: of x³ and of −x⁴ at 0.
void look_along_flat_directions(ConstrainedEvaluations& f, const ConstrainedIterate& at,
                                const ActiveGradients& active, SecondOrderVerdict& verdict) {
  constexpr Index most_looked_at = 16;
  const double size = std::max(1.0, at.x.lpNorm<Eigen::Infinity>());
  const Index looked_at = std::min(verdict.flat.cols(), most_looked_at);
  bool rises = active.strict.rows() > 0 || verdict.curvatures[0] > 0;
  for (Index j = 0; j < looked_at; ++j)
    for (const double unit : {1e-3 * size, -1e-3 * size, 1e-2 * size, -1e-2 * size}) {
      const auto fall = falls(f, at, verdict.flat.col(j), unit);
      if (!fall) continue;
      rises = rises || (*fall)[2] < 0;
      if (by_higher_power(*fall) && verdict.descent.size() == 0)
        verdict.descent = (unit > 0 ? 1.0 : -1.0) * verdict.flat.col(j);
    }
  if (verdict.descent.size() == 0) return;
  verdict.kind = rises ? SecondOrder::saddle : SecondOrder::maximum;
  verdict.reason += ", but f falls along it";
}

/// A negative curvature next to a cusp, as of √|x|, is none that f falls along. Whether L is lower
/// anywhere beside x in the direction of descent, or not finite there.
bool descends(ConstrainedEvaluations& f, const ConstrainedIterate& at, const Vec& d) {
  const double size = std::max(1.0, at.x.lpNorm<Eigen::Infinity>());
  ConstrainedIterate trial = at;
  for (double h = 1e-2 * size; h > 1e-8 * size; h /= 10)
    for (const double sign : {1.0, -1.0}) {
      trial.x = at.x + sign * h * d;
      f.box().project(trial.x);
      if (f.exhausted() || !f.values(trial)) return true;
      const double change = trial.value - at.value + at.multipliers.dot(trial.g - at.g) +
                            at.bound_multipliers.dot(trial.x - at.x);
      if (change < 0) return true;
    }
  return false;
}

SecondOrderVerdict verdict_of_curvatures(ConstrainedEvaluations& f, const ConstrainedIterate& at,
                                         const Mat& H, const ActiveGradients& active) {
  SecondOrderOptions options{.tolerance = f.has_hessian() ? 1e-8 : 1e-4};
  SecondOrderVerdict verdict = second_order(H, active, options);
  const double size = H.cwiseAbs().maxCoeff();
  if (verdict.curvatures.size() == 0 || size == 0) return verdict;

  // Variables for which the third derivative is always looked at, and by each of them.
  constexpr Index few = 20, many = 100;
  const double small = verdict.curvatures.cwiseAbs().minCoeff();
  const double residual = at.lagrangian_gradient().norm();
  const bool clear = !(small <= 1e-2 * size) && at.x.size() > few;
  if (clear || residual == 0 || !f.has_hessian()) return verdict;
  // μ² ≲ 4 |third derivative| · ‖∇L‖: the curvature may vanish at the exact solution.
  ConstrainedIterate beside = at;
  const double distance = 1e-4 * std::max(1.0, at.x.lpNorm<Eigen::Infinity>());
  double third = 0;
  const auto look = [&](const Vec& x) {
    beside.x = x;
    f.box().project(beside.x);
    const double apart = (beside.x - at.x).lpNorm<Eigen::Infinity>();
    if (!(apart > 0)) return;
    const Mat there = lagrangian_hessian(f, beside);
    if (there.size() > 0) third = std::max(third, (there - H).cwiseAbs().maxCoeff() / apart);
  };
  if (at.x.size() <= many)
    for (Index j = 0; j < at.x.size(); ++j) look(at.x + distance * Vec::Unit(at.x.size(), j));
  else  // each Hessian costs too much: one for all
    look(at.x.array() + distance);
  const double noise = 2 * std::sqrt(third * residual);
  if (small > noise) return verdict;
  options.tolerance = std::max(options.tolerance, noise / size);
  return second_order(H, active, options);
}

}  // namespace

SecondOrderVerdict verdict_at(ConstrainedEvaluations& f, const ConstrainedIterate& at) {
  const Mat H = lagrangian_hessian(f, at);
  if (H.size() == 0) return {.reason = "the second derivatives are not finite there"};
  const ActiveGradients active = active_gradients(f.problem(), at);
  SecondOrderVerdict verdict = verdict_of_curvatures(f, at, H, active);
  if (verdict.descent.size() > 0 && !descends(f, at, verdict.descent)) {
    verdict.kind = SecondOrder::undetermined;
    verdict.reason += ", but f falls nowhere beside it";
    verdict.descent.resize(0);
  } else if (verdict.kind == SecondOrder::undetermined && verdict.flat.cols() > 0) {
    look_along_flat_directions(f, at, active, verdict);
  }
  return verdict;
}

}  // namespace mathtool::opt
