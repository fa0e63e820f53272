#include "sqp_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "mathtool/math/linear_algebra/cholesky.hpp"
#include "mathtool/math/linear_algebra/qr.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::opt {
namespace {

bool is_equality(const ConstrainedProblem& problem, Index i) {
  return problem.constraints[static_cast<std::size_t>(i)].equality;
}

/// Gradients of the working set as unit rows, with the distances to their limits along them.
struct WorkingRows {
  Mat normals = {};
  Vec distances = {};
};

WorkingRows working_rows(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                         const WorkingSet& set) {
  const Index n = at.x.size(), m = at.g.size();
  WorkingRows result{Mat(m + n, n), Vec(m + n)};
  Index k = 0;
  for (Index i = 0; i < m; ++i) {
    const double length = at.jacobian.row(i).stableNorm();
    if ((!is_equality(problem, i) && set.constraints[static_cast<std::size_t>(i)] == 0) ||
        !(length > 0))
      continue;
    result.normals.row(k) = at.jacobian.row(i) / length;
    result.distances[k++] = -at.g[i] / length;
  }
  for (Index i = 0; i < n; ++i) {
    const int side = set.bounds[static_cast<std::size_t>(i)];
    if (side == 0) continue;
    result.normals.row(k) = Vec::Unit(n, i).transpose();
    result.distances[k++] = (side < 0 ? problem.box.low[i] : problem.box.high[i]) - at.x[i];
  }
  result.normals.conservativeResize(k, n);
  result.distances.conservativeResize(k);
  return result;
}

struct Convex {
  Mat B = {};
  Vec shift = {};
  bool depends_on_rows = false;  ///< another working set would give another B
};

/// V diag(new − old) Vᵀ with every eigenvalue turned round and raised.
Mat raising(const math::SymmetricEigen& eigen, double floor) {
  const Vec raised = eigen.values.cwiseAbs().cwiseMax(floor) - eigen.values;
  return eigen.vectors * raised.asDiagonal() * eigen.vectors.transpose();
}

Convex convexified(const Mat& H, const WorkingRows& rows, double floor) {
  const Index n = H.rows();
  const double size = H.cwiseAbs().maxCoeff();
  const math::Cholesky factor = math::cholesky(H);
  if (factor.status == Status::converged) {
    const double least = factor.L.diagonal().minCoeff();
    // The least pivot bounds the least eigenvalue from above only, hence the margin.
    if (least * least > 100 * std::max(floor, 1e-12 * size)) return {H, Vec::Zero(n), false};
  }
  if (rows.normals.rows() == 0) {
    const math::SymmetricEigen eigen = math::symmetric_eigen(H);
    return {H + raising(eigen, floor), Vec::Zero(n), true};
  }

  const math::PivotedQr qr = math::pivoted_qr(rows.normals.transpose(), {.tolerance = 1e-10});
  const Index r = qr.rank;
  Mat spanned(n, r + n);
  spanned << qr.Q.leftCols(r), Mat::Identity(n, n);
  const Mat basis = math::qr(spanned).Q;
  const Mat Y = basis.leftCols(r), Z = basis.rightCols(n - r);
  Convex result{H, Vec::Zero(n), true};
  Mat schur = Y.transpose() * H * Y;
  if (r < n) {
    const Mat reduced = Z.transpose() * H * Z;
    const math::SymmetricEigen eigen = math::symmetric_eigen((reduced + reduced.transpose()) / 2);
    result.B += Z * raising(eigen, floor) * Z.transpose();
    const Vec inverse = eigen.values.cwiseAbs().cwiseMax(floor).cwiseInverse();
    const Mat cross = eigen.vectors.transpose() * Z.transpose() * H * Y;
    schur -= cross.transpose() * inverse.asDiagonal() * cross;
  }
  const math::SymmetricEigen eigen = math::symmetric_eigen((schur + schur.transpose()) / 2);
  const double across_floor = std::max(floor, 1e-3 * size);
  if (eigen.values[r - 1] < across_floor) {
    const Vec raised = (eigen.values.array() >= across_floor)
                           .select(eigen.values, eigen.values.cwiseAbs().cwiseMax(across_floor));
    const Mat S = eigen.vectors * (raised - eigen.values).asDiagonal() * eigen.vectors.transpose();
    // Where the working set ends, in these coordinates: there the addition has no slope.
    Vec w(r);
    for (Index j = 0; j < r; ++j) w[j] = rows.distances[qr.order[static_cast<std::size_t>(j)]];
    // A = P Rᵀ Qᵀ, hence Rᵀ (Qᵀ d) = distances; Y is Q up to signs.
    const Vec along = qr.R.topLeftCorner(r, r).transpose().triangularView<Eigen::Lower>().solve(w);
    const Vec end = Y.transpose() * (qr.Q.leftCols(r) * along);
    result.B += Y * S * Y.transpose();
    result.shift = -Y * (S * end);
  }
  result.B = (result.B + result.B.transpose()).eval() / 2;
  return result;
}

WorkingSet active_set(const ConstrainedProblem& problem, const QuadraticMinimum& solution,
                      const Vec& multipliers) {
  WorkingSet result;
  result.constraints.resize(problem.constraints.size());
  for (std::size_t i = 0; i < problem.constraints.size(); ++i)
    result.constraints[i] =
        problem.constraints[i].equality || multipliers[static_cast<Index>(i)] > 0;
  result.bounds.resize(static_cast<std::size_t>(solution.bound.size()));
  for (Index i = 0; i < solution.bound.size(); ++i) {
    const bool fixed = !problem.box.unbounded() && problem.box.low[i] == problem.box.high[i];
    result.bounds[static_cast<std::size_t>(i)] =
        static_cast<std::int8_t>(fixed || solution.bound[i] > 0 ? 1
                                 : solution.bound[i] < 0        ? -1
                                                                : 0);
  }
  return result;
}

}  // namespace

QuadraticProgram linear_models(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                               const Vec& g) {
  const Index n = at.x.size(), m = at.g.size();
  QuadraticProgram program;
  program.E.resize(m, n), program.e.resize(m);
  program.A.resize(m, n), program.b.resize(m);
  Index equalities = 0, inequalities = 0;
  for (Index i = 0; i < m; ++i) {
    if (is_equality(problem, i)) {
      program.E.row(equalities) = at.jacobian.row(i);
      program.e[equalities++] = -g[i];
    } else {
      program.A.row(inequalities) = at.jacobian.row(i);
      program.b[inequalities++] = -g[i];
    }
  }
  program.E.conservativeResize(equalities, n), program.e.conservativeResize(equalities);
  program.A.conservativeResize(inequalities, n), program.b.conservativeResize(inequalities);
  if (!problem.box.unbounded()) program.box = {problem.box.low - at.x, problem.box.high - at.x};
  return program;
}

namespace {

/// Multipliers in the order of the constraints.
Vec in_order(const ConstrainedProblem& problem, const Vec& equality, const Vec& inequality) {
  Vec result(problem.count());
  Index e = 0, i = 0;
  for (Index k = 0; k < result.size(); ++k)
    result[k] = is_equality(problem, k) ? equality[e++] : inequality[i++];
  return result;
}

bool same(const WorkingSet& a, const WorkingSet& b) {
  return a.constraints == b.constraints && a.bounds == b.bounds;
}

}  // namespace

std::optional<ModelStep> solve_model(const ConstrainedProblem& problem,
                                     const ConstrainedIterate& at, const Mat& H,
                                     const WorkingSet& guess, double floor) {
  QuadraticProgram program = linear_models(problem, at, at.g);
  ModelStep step;
  step.active = guess;
  // The working set decides how H is changed, and the change which constraints are active.
  constexpr int attempts = 5;
  for (int k = 0; k < attempts; ++k) {
    Convex convex = convexified(H, working_rows(problem, at, step.active), floor);
    program.H = convex.B;
    program.c = at.gradient + convex.shift;
    const QuadraticMinimum solution = minimize_quadratic(program);
    if (solution.status != Status::converged) return std::nullopt;
    step.d = solution.x;
    step.multipliers = in_order(problem, solution.equality, solution.inequality);
    step.bound_multipliers = solution.bound;
    step.B = std::move(convex.B);
    step.shift = std::move(convex.shift);
    WorkingSet active = active_set(problem, solution, step.multipliers);
    const bool settled = !convex.depends_on_rows || same(active, step.active);
    step.active = std::move(active);
    if (settled) break;
  }
  return step;
}

Vec feasibility_step(const ConstrainedProblem& problem, const ConstrainedIterate& at, const Mat& H,
                     const Vec& units) {
  const Index n = at.x.size();
  const Convex convex = convexified(H, {Mat(0, n), Vec(0)}, 1e-8);
  QuadraticProgram linear = linear_models(problem, at, at.g);
  // Rows in the given units, so that none drowns the others.
  Index equality = 0, inequality = 0;
  for (Index i = 0; i < problem.count(); ++i) {
    if (is_equality(problem, i)) {
      linear.E.row(equality) /= units[i];
      linear.e[equality++] /= units[i];
    } else {
      linear.A.row(inequality) /= units[i];
      linear.b[inequality++] /= units[i];
    }
  }
  // Equalities enter the objective; inequalities have a slack each, which is what they are over.
  const Index slacks = linear.A.rows();
  QuadraticProgram program;
  program.H = Mat::Identity(n + slacks, n + slacks);
  program.H.topLeftCorner(n, n) = convex.B + linear.E.transpose() * linear.E;
  program.c = Vec::Zero(n + slacks);
  program.c.head(n) = -linear.E.transpose() * linear.e;
  program.A = Mat::Zero(slacks, n + slacks);
  program.A.leftCols(n) = linear.A;
  program.A.rightCols(slacks) = -Mat::Identity(slacks, slacks);
  program.b = linear.b;
  if (!linear.box.unbounded()) {
    program.box.low = Vec::Constant(n + slacks, -std::numeric_limits<double>::infinity());
    program.box.high = -program.box.low;
    program.box.low.head(n) = linear.box.low;
    program.box.high.head(n) = linear.box.high;
  }
  return minimize_quadratic(program).x.head(n);
}

std::optional<Vec> corrected_step(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                                  const ModelStep& step, const Vec& g) {
  QuadraticProgram program = linear_models(problem, at, g - at.jacobian * step.d);
  program.H = step.B;
  program.c = at.gradient + step.shift;
  const QuadraticMinimum solution = minimize_quadratic(program);
  if (solution.status != Status::converged) return std::nullopt;
  return solution.x;
}

void improve_multipliers(const ConstrainedProblem& problem, const WorkingSet& active,
                         ConstrainedIterate& at) {
  const Index n = at.x.size(), m = at.g.size();
  std::vector<Index> working, free;
  for (Index i = 0; i < m; ++i)
    if (active.constraints[static_cast<std::size_t>(i)] != 0) working.push_back(i);
  for (Index i = 0; i < n; ++i)
    if (active.bounds[static_cast<std::size_t>(i)] == 0) free.push_back(i);
  Vec multipliers = Vec::Zero(m);
  if (!working.empty() && !free.empty()) {
    Mat columns(std::ssize(free), std::ssize(working));
    Vec right(std::ssize(free));
    for (Index r = 0; r < columns.rows(); ++r) {
      right[r] = -at.gradient[free[static_cast<std::size_t>(r)]];
      for (Index c = 0; c < columns.cols(); ++c)
        columns(r, c) =
            at.jacobian(working[static_cast<std::size_t>(c)], free[static_cast<std::size_t>(r)]);
    }
    const math::PivotedQr qr = math::pivoted_qr(columns, {.tolerance = 1e-10});
    // Dependent gradients have no multipliers of their own: those of the model stay.
    if (qr.rank < columns.cols()) return;
    const Vec solution = qr.R.topLeftCorner(qr.rank, qr.rank)
                             .triangularView<Eigen::Upper>()
                             .solve(qr.Q.leftCols(qr.rank).transpose() * right);
    for (Index c = 0; c < qr.rank; ++c)
      multipliers[working[static_cast<std::size_t>(qr.order[static_cast<std::size_t>(c)])]] =
          solution[c];
  } else if (!working.empty()) {
    return;
  }
  for (const Index i : working)
    if (!is_equality(problem, i) && multipliers[i] < 0) return;
  const Vec slope = at.gradient + at.jacobian.transpose() * multipliers;
  Vec bounds = Vec::Zero(n);
  for (Index i = 0; i < n; ++i) {
    const int side = active.bounds[static_cast<std::size_t>(i)];
    if (side == 0) continue;
    const bool fixed = problem.box.low[i] == problem.box.high[i];
    if (!fixed && (side > 0 ? slope[i] > 0 : slope[i] < 0)) return;
    bounds[i] = -slope[i];
  }
  const double before = at.lagrangian_gradient().lpNorm<Eigen::Infinity>();
  if (!((slope + bounds).lpNorm<Eigen::Infinity>() < before)) return;
  at.multipliers = std::move(multipliers);
  at.bound_multipliers = std::move(bounds);
}

}  // namespace mathtool::opt
