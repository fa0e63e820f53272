#include "contradiction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "../constraints/critical_point.hpp"
#include "mathtool/math/linear_algebra/rank.hpp"
#include "mathtool/math/symmetric_eigen.hpp"
#include "sqp_model.hpp"

namespace mathtool::opt {
namespace {

/// The values of the constraints that are violated, 0 for the others; in units of their gradients
/// where those are not 0.
Vec violated(const ConstrainedProblem& problem, const ConstrainedIterate& at) {
  Vec result = at.g;
  for (Index i = 0; i < result.size(); ++i)
    if (!problem.constraints[static_cast<std::size_t>(i)].equality)
      result[i] = std::max(result[i], 0.0);
  return result;
}

double sum_of_squares(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                      const Vec& units) {
  return violated(problem, at).cwiseQuotient(units).squaredNorm();
}

std::string coordinates(const Vec& x) {
  std::string text;
  for (Index i = 0; i < std::min<Index>(x.size(), 5); ++i)
    text += fmt::format("{}{:.6g}", i == 0 ? "" : ", ", x[i]);
  return "(" + text + (x.size() > 5 ? ", ...)" : ")");
}

}  // namespace

std::optional<Stop> least_violation(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                                    const Vec& units) {
  const Vec over = violated(problem, at).cwiseQuotient(units);
  const double largest = over.size() > 0 ? over.cwiseAbs().maxCoeff() : 0.0;
  if (!(largest > 0)) return std::nullopt;
  const Vec slope = (units.cwiseInverse().asDiagonal() * at.jacobian).transpose() * over;
  if (!(projected_gradient_norm(problem.box, at.x, slope) <= 1e-7 * largest)) return std::nullopt;
  Index worst = 0;
  violated(problem, at).cwiseAbs().maxCoeff(&worst);
  return Stop{Status::stalled,
              fmt::format("no point satisfies all constraints near x: the least violation found is "
                          "{:.6g}, of '{}', at {}",
                          std::abs(at.g[worst]), problem.text(worst), coordinates(at.x))};
}

double half_square_violation(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                             const Vec& units) {
  return sum_of_squares(problem, at, units) / 2;
}

std::optional<Stop> reduce_violation(ConstrainedEvaluations& f, ConstrainedIterate& now,
                                     const Vec& units) {
  const ConstrainedProblem& problem = f.problem();
  if (auto nothing = least_violation(problem, now, units)) {
    if (leave_contradiction(f, now, units)) return std::nullopt;
    return nothing;
  }
  const Index n = now.x.size();
  const Vec forces = violated(problem, now).cwiseQuotient(units.cwiseAbs2());
  Mat H = Mat::Zero(n, n);
  if (f.has_hessian())
    H = f.lagrangian_hessian(now.x, forces) - f.lagrangian_hessian(now.x, Vec::Zero(now.g.size()));
  if (!H.allFinite()) H.setZero();
  const Vec d = feasibility_step(problem, now, H, units);
  const double before = half_square_violation(problem, now, units);
  const double slope = d.dot(now.jacobian.transpose() * forces);
  ConstrainedIterate trial = now;
  for (double share = 1; share > 1e-12 && !f.exhausted() && slope < 0; share /= 2) {
    trial.x = now.x + share * d;
    f.box().project(trial.x);
    if (!f(trial) ||
        !(half_square_violation(problem, trial, units) <= before + 1e-4 * share * slope))
      continue;
    now = trial;
    return std::nullopt;
  }
  Index worst = 0;
  violated(problem, now).cwiseAbs().maxCoeff(&worst);
  return Stop{Status::stalled,
              fmt::format("no point was found that satisfies all constraints: the least violation "
                          "is {:.6g}, of '{}', at {}",
                          std::abs(now.g[worst]), problem.text(worst), coordinates(now.x))};
}

bool leave_contradiction(ConstrainedEvaluations& f, ConstrainedIterate& now, const Vec& units) {
  const ConstrainedProblem& problem = f.problem();
  const Index n = now.x.size();
  const double before = sum_of_squares(problem, now, units);
  std::vector<Vec> directions;
  if (f.has_hessian()) {
    const Vec over = violated(problem, now);
    Mat H = f.lagrangian_hessian(now.x, over.cwiseQuotient(units.cwiseAbs2())) -
            f.lagrangian_hessian(now.x, Vec::Zero(over.size()));
    for (Index i = 0; i < over.size(); ++i)
      if (over[i] != 0)
        H += now.jacobian.row(i).transpose() * now.jacobian.row(i) / (units[i] * units[i]);
    if (H.allFinite() && H.cwiseAbs().maxCoeff() > 0) {
      const math::SymmetricEigen eigen = math::symmetric_eigen(H);
      const double zero = 1e-10 * eigen.values.cwiseAbs().maxCoeff();
      if (eigen.values[n - 1] >= zero) return false;
      // Where several fall alike, downhill with f.
      Vec along = Vec::Zero(n);
      for (Index j = 0; j < n; ++j)
        if (eigen.values[j] < -zero)
          along -= eigen.vectors.col(j) * eigen.vectors.col(j).dot(now.gradient);
      if (along.norm() > 1e-8 * now.gradient.norm()) directions.push_back(along.normalized());
      for (Index j = n - 1; j >= 0 && eigen.values[j] < -zero; --j) {
        directions.push_back(eigen.vectors.col(j));
        directions.push_back(-eigen.vectors.col(j));
      }
    }
  }
  if (directions.empty()) {
    if (now.gradient.norm() > 0) directions.push_back(-now.gradient.normalized());
    directions.push_back(Vec::Ones(n).normalized());
    for (Index i = 0; i < std::min<Index>(n, 20); ++i) {
      directions.push_back(Vec::Unit(n, i));
      directions.push_back(-Vec::Unit(n, i));
    }
  }
  const double size = std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
  ConstrainedIterate trial = now;
  for (const double share : {0.5, 0.05, 1e-3})
    for (const Vec& direction : directions) {
      if (f.exhausted()) return false;
      trial.x = now.x + share * size * direction;
      f.box().project(trial.x);
      if (!f.values(trial) || !(sum_of_squares(problem, trial, units) < before * (1 - 1e-10)))
        continue;
      if (!f(trial)) continue;
      now = trial;
      return true;
    }
  return false;
}

bool leave_along(const Vec& direction, double reach, ConstrainedEvaluations& f,
                 ConstrainedIterate& now) {
  const ConstrainedProblem& problem = f.problem();
  // Back onto the constraints that are active here, by the shortest way.
  std::vector<Index> active;
  for (Index i = 0; i < now.g.size(); ++i)
    if (is_active(problem, now, i)) active.push_back(i);
  Mat rows(std::ssize(active), now.x.size());
  for (Index i = 0; i < rows.rows(); ++i)
    rows.row(i) = now.jacobian.row(active[static_cast<std::size_t>(i)]);
  const Mat back = rows.rows() > 0 ? math::pseudo_inverse(rows).value : Mat(now.x.size(), 0);
  const double over_before = violation(problem, now.g);
  ConstrainedIterate trial = now;
  for (double length = std::max(1.0, now.x.lpNorm<Eigen::Infinity>()); length > 1e-7; length /= 4) {
    trial.x = now.x + std::min(length, reach) * direction;
    f.box().project(trial.x);
    bool finite = f.values(trial);
    for (int k = 0; finite && k < 3 && rows.rows() > 0; ++k) {
      Vec over(rows.rows());
      for (Index i = 0; i < over.size(); ++i)
        over[i] = trial.g[active[static_cast<std::size_t>(i)]];
      if (over.lpNorm<Eigen::Infinity>() <= 1e-10 * std::max(1.0, length)) break;
      trial.x -= back * over;
      f.box().project(trial.x);
      finite = f.values(trial);
    }
    if (f.exhausted()) return false;
    double pull = 0;  // what the violation is worth
    for (Index i = 0; i < now.g.size(); ++i)
      pull += std::abs(now.multipliers[i]) *
              violation(problem.constraints[static_cast<std::size_t>(i)], trial.g[i]);
    if (!finite || !(trial.value + 2 * pull < now.value) ||
        violation(problem, trial.g) > std::max(1e-3 * length, 10 * over_before))
      continue;
    if (!f(trial)) continue;
    trial.iteration = now.iteration;
    now = trial;
    return true;
  }
  return false;
}

}  // namespace mathtool::opt
