#include "mathtool/opt/constraints/quadratic_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "dual_active_set.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/cholesky.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::opt {
namespace {

/// Proximal steps of a program whose H is singular.
constexpr int proximal_limit = 60;

double value_at(const QuadraticProgram& problem, const Vec& x) {
  return (problem.H.size() > 0 ? 0.5 * x.dot(problem.H * x) : 0.0) + problem.c.dot(x);
}

/// Solves the equations of the active rows once more, with refinement: the sequence of updates has
/// lost digits where H is nearly singular. Returns: whether the answer is one of the program.
bool polish(const QuadraticProgram& problem, const DualActiveSet& method,
            QuadraticMinimum& result) {
  const Index n = problem.c.size(), k = std::ssize(method.active());
  Mat equations = Mat::Zero(n + k, n + k);
  Vec right(n + k);
  if (problem.H.size() > 0) equations.topLeftCorner(n, n) = problem.H;
  right.head(n) = -problem.c;
  for (Index j = 0; j < k; ++j) {
    const auto& row = method.rows()[method.active()[static_cast<std::size_t>(j)]];
    equations.block(0, n + j, n, 1) = row.normal;
    equations.block(n + j, 0, 1, n) = row.normal.transpose();
    right[n + j] = row.limit;
  }
  if (!equations.allFinite() || !right.allFinite()) return false;
  const math::LinearSolution solution = math::solve(equations, right);
  if (solution.status != Status::converged || !solution.X.allFinite()) return false;
  const Vec x = solution.X.col(0).head(n), multipliers = solution.X.col(0).tail(k);
  const double largest = k > 0 ? multipliers.lpNorm<Eigen::Infinity>() : 0.0;
  for (Index j = 0; j < k; ++j) {
    const auto& row = method.rows()[method.active()[static_cast<std::size_t>(j)]];
    if (!row.equality && multipliers[j] < -1e-12 * largest) return false;
  }
  for (std::size_t i = 0; i < method.rows().size(); ++i)
    if (!(method.excess(i, x) <= 4 * method.rounding(i, x))) return false;
  result.x = x;
  method.write_multipliers(multipliers, result, true);
  return true;
}

/// H = 0 in the directions that are left: x falls along d for ever, if no constraint ends that.
bool falls_for_ever(const QuadraticProgram& problem, const DualActiveSet& method, const Vec& d) {
  const double length = d.norm();
  if (!(length > 0)) return false;
  const Vec unit = d / length;
  const double curvature = problem.H.size() > 0 ? (problem.H * unit).lpNorm<Eigen::Infinity>() : 0;
  const double largest = problem.H.size() > 0 ? problem.H.cwiseAbs().maxCoeff() : 0;
  if (curvature > 1e-9 * largest) return false;
  if (!(problem.c.dot(unit) < -1e-10 * problem.c.norm())) return false;
  for (const auto& row : method.rows()) {
    const double along = row.normal.dot(unit);
    if (row.equality ? std::abs(along) > 1e-9 : along > 1e-9) return false;
  }
  return true;
}

QuadraticMinimum by_proximal_steps(const QuadraticProgram& problem, double largest) {
  const Index n = problem.c.size();
  double weight = std::max(1e-6 * largest, 1e-3 * problem.c.lpNorm<Eigen::Infinity>());
  if (!(weight > 0)) weight = 1;
  Vec x = Vec::Zero(n);
  QuadraticMinimum result;
  int iterations = 0;
  Mat H = Mat::Zero(n, n);
  if (problem.H.size() > 0) H = problem.H;
  for (int k = 0; k < proximal_limit; ++k) {
    math::Cholesky factor = math::cholesky(H + weight * Mat::Identity(n, n));
    DualActiveSet method(problem, std::move(factor.L));
    result = method.solve(problem.c - weight * x);
    iterations += result.iterations;
    result.iterations = iterations;
    if (result.status != Status::converged) return result;
    const Vec step = result.x - x;
    if (polish(problem, method, result)) return result;
    if (step.lpNorm<Eigen::Infinity>() <= 1e-15 * result.x.lpNorm<Eigen::Infinity>()) return result;
    if (k > 0 && falls_for_ever(problem, method, step)) {
      result.x = step / step.lpNorm<Eigen::Infinity>();
      result.status = Status::divergent;
      result.reason = "the value falls for ever along x";
      return result;
    }
    x = result.x;
    weight = std::max(weight / 4, 1e-10 * largest);
  }
  result.status = Status::out_of_budget;
  result.reason = fmt::format("{} proximal steps used", proximal_limit);
  return result;
}

}  // namespace

void QuadraticProgram::validate() const {
  const Index n = c.size();
  require<DimensionError>(H.size() == 0 || (H.rows() == n && H.cols() == n),
                          "quadratic program: H is {} x {} for {} variables", H.rows(), H.cols(),
                          n);
  require<DimensionError>(E.rows() == e.size() && (E.rows() == 0 || E.cols() == n),
                          "quadratic program: E is {} x {}, e has {} for {} variables", E.rows(),
                          E.cols(), e.size(), n);
  require<DimensionError>(A.rows() == b.size() && (A.rows() == 0 || A.cols() == n),
                          "quadratic program: A is {} x {}, b has {} for {} variables", A.rows(),
                          A.cols(), b.size(), n);
  require(n > 0 && c.allFinite() && H.allFinite() && E.allFinite() && A.allFinite() &&
              e.allFinite() && (b.array() == b.array()).all(),
          "quadratic program: the numbers must be finite, and there must be a variable");
  box.validate(n);
}

QuadraticMinimum minimize_quadratic(const QuadraticProgram& problem) {
  problem.validate();
  const double largest = problem.H.size() > 0 ? problem.H.cwiseAbs().maxCoeff() : 0.0;
  QuadraticMinimum result;
  math::Cholesky factor;
  if (largest > 0) factor = math::cholesky(problem.H);
  const bool definite = largest > 0 && factor.status == Status::converged &&
                        factor.L.diagonal().minCoeff() > 1e-7 * factor.L.diagonal().maxCoeff();
  if (definite) {
    DualActiveSet method(problem, std::move(factor.L));
    result = method.solve(problem.c);
    if (result.status == Status::converged) polish(problem, method, result);
  } else {
    if (largest > 0) {
      const Vec values = math::symmetric_eigen(problem.H, {.vectors = false}).values;
      const double least = values[values.size() - 1];
      require(least >= -1e-10 * largest,
              "quadratic program: H must have no negative eigenvalue, it has {:.3g}", least);
    }
    result = by_proximal_steps(problem, largest);
  }
  result.value = value_at(problem, result.x);
  return result;
}

}  // namespace mathtool::opt
