#include "mathtool/math/linear_algebra/solve.hpp"

#include <fmt/core.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "linear_algebra/doubled_residual.hpp"
#include "linear_algebra/equilibrated.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/rank.hpp"

namespace mathtool::math {
namespace {

/// The largest of the corrections relative to X, column by column, in the units of X and in those
/// in which it was asked for: what is small in one need not be small in the other.
double relative_change(const Mat& correction, const Mat& X, const Equilibrated& scaled) {
  double worst = 0.0;
  for (Index k = 0; k < X.cols(); ++k) {
    const int unit = largest_exponent(
        X.rows(), [&](Index j) { return X(j, k); }, [&](Index j) { return scaled.column(j); });
    double change = 0.0, size = 0.0, asked_change = 0.0, asked_size = 0.0;
    for (Index j = 0; j < X.rows(); ++j) {
      const int shift = -scaled.column(j) - unit;
      change = std::max(change, std::abs(correction(j, k)));
      size = std::max(size, std::abs(X(j, k)));
      asked_change = std::max(asked_change, std::abs(std::ldexp(correction(j, k), shift)));
      asked_size = std::max(asked_size, std::abs(std::ldexp(X(j, k), shift)));
    }
    if (change > 0) worst = std::max({worst, change / size, asked_change / asked_size});
  }
  return worst;
}

/// Refines X, a solution by `lu`, until its corrections are rounding.
void refine(const Equilibrated& scaled, const Mat& B, const Eigen::PartialPivLU<Mat>& lu,
            int max_refinements, LinearSolution& solution) {
  const DoubledResidual residual(scaled.A);
  double previous = std::numeric_limits<double>::infinity();
  while (true) {
    const Mat correction = lu.solve(residual(solution.X, B));
    const double change = relative_change(correction, solution.X, scaled);
    solution.error = std::max(change, epsilon);
    if (!correction.allFinite() || !solution.X.allFinite()) {
      solution.status = Status::not_finite;
      solution.reason = "the solution is beyond the range of a double";
      return;
    }
    if (change <= epsilon) {
      solution.status = Status::converged;
      return;
    }
    if (!(change <= previous / 2)) {
      solution.status = Status::stalled;
      solution.reason = fmt::format(
          "A is nearly singular (condition {:.1e}): corrections of {:.1e}, relative, do not shrink "
          "any more",
          solution.condition, change);
      return;
    }
    if (solution.refinements == max_refinements) {
      solution.reason = fmt::format("the solution still changes by {:.1e}, relative, after {} {}",
                                    change, solution.refinements, "refinements");
      return;
    }
    solution.X += correction;
    ++solution.refinements;
    previous = change;
  }
}

/// The shortest least-squares solution, where there is no unique one.
void solve_singular(const MatRef& A, const MatRef& B, LinearSolution& solution) {
  const PseudoInverse inverse = pseudo_inverse(A);
  solution.X = inverse.value * B;
  const double left = (A * solution.X - B).cwiseAbs().maxCoeff();
  const double scale = (A.cwiseAbs() * solution.X.cwiseAbs() + B.cwiseAbs()).maxCoeff();
  solution.error = std::numeric_limits<double>::infinity();
  solution.status = Status::suspicious;
  const std::string kind =
      left <= 1000 * static_cast<double>(A.rows()) * epsilon * scale
          ? "X is the shortest of many solutions"
          : fmt::format("there is no solution; X comes nearest, and misses by {:.3g}", left);
  solution.reason =
      fmt::format("A is singular to working precision (rank {} of {}, condition above {:.0e}): {}",
                  inverse.rank.rank, A.rows(), 1 / epsilon, kind);
}

/// Checks shapes and numbers.
void check(std::string_view name, const MatRef& A, const MatRef& B, const SolveOptions& options) {
  require<DimensionError>(A.rows() == A.cols(), "{}: A must be square, got {} x {}", name, A.rows(),
                          A.cols());
  require<DimensionError>(A.rows() == B.rows(), "{}: A has {} rows, B has {}", name, A.rows(),
                          B.rows());
  require(A.allFinite(), "{}: A contains NaN or infinite entries", name);
  require(B.allFinite(), "{}: B contains NaN or infinite entries", name);
  require(options.max_refinements >= 0, "{}: max_refinements must be >= 0, got {}", name,
          options.max_refinements);
}

/// `solve` but for singular A, of which it returns false.
bool solve_regular(const MatRef& A, const MatRef& B, const SolveOptions& options,
                   LinearSolution& solution) {
  const Equilibrated scaled(A);
  const Eigen::PartialPivLU<Mat> lu(scaled.A);
  const double reciprocal = lu.rcond();
  solution.condition = reciprocal > 0 ? 1 / reciprocal : std::numeric_limits<double>::infinity();
  if (!(reciprocal > epsilon)) return false;
  const Index n = A.rows();
  Mat right = B;
  std::vector<int> units;
  for (Index k = 0; k < B.cols(); ++k) {
    units.push_back(largest_exponent(
        n, [&](Index i) { return B(i, k); }, [&](Index i) { return scaled.row(i); }));
    for (Index i = 0; i < n; ++i) right(i, k) = std::ldexp(B(i, k), -scaled.row(i) - units.back());
  }
  solution.X = lu.solve(right);
  refine(scaled, right, lu, options.max_refinements, solution);
  for (Index k = 0; k < B.cols(); ++k)
    for (Index j = 0; j < n; ++j)
      solution.X(j, k) =
          std::ldexp(solution.X(j, k), units[static_cast<std::size_t>(k)] - scaled.column(j));
  if (solution.status == Status::converged && !solution.X.allFinite()) {
    solution.status = Status::not_finite;
    solution.reason = "the solution is beyond the range of a double";
  }
  return true;
}

}  // namespace

LinearSolution solve(const MatRef& A, const MatRef& B, const SolveOptions& options) {
  check("solve", A, B, options);
  LinearSolution solution;
  if (B.size() == 0) {
    solution.X = Mat::Zero(A.rows(), B.cols());
    solution.status = Status::converged;
  } else if (!solve_regular(A, B, options, solution)) {
    solve_singular(A, B, solution);
  }
  return solution;
}

LinearSolution inverse(const MatRef& A, const SolveOptions& options) {
  const Index n = A.rows();
  const Mat identity = Mat::Identity(n, n);
  check("inverse", A, identity, options);
  LinearSolution solution;
  if (n == 0) {
    solution.X = identity;
    solution.status = Status::converged;
  } else if (!solve_regular(A, identity, options, solution)) {
    solution.X = Mat::Constant(n, n, std::numeric_limits<double>::quiet_NaN());
    solution.error = std::numeric_limits<double>::infinity();
    solution.status = Status::divergent;
    solution.reason = fmt::format(
        "A is singular to working precision (condition above {:.0e}): it has no inverse; its "
        "pseudo-inverse exists",
        1 / epsilon);
  }
  return solution;
}

}  // namespace mathtool::math
