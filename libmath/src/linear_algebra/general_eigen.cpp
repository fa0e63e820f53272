#include "mathtool/math/linear_algebra/general_eigen.hpp"

#include <fmt/core.h>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "linear_algebra/balance.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

/// By descending magnitude; magnitudes that agree to rounding count as equal, and then by argument,
/// so that of a conjugate pair the upper one comes first.
std::vector<Index> descending(const ComplexVec& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index i, Index j) { return std::abs(values[i]) > std::abs(values[j]); });
  for (std::size_t k = 0; k + 1 < order.size(); ++k) {
    const auto a = values[order[k]], b = values[order[k + 1]];
    if (b == std::conj(a) && b.imag() > 0) std::swap(order[k], order[k + 1]);
  }
  return order;
}

/// Length 1, the largest entry real and positive. The slack keeps rounding from choosing between
/// entries that are equal in exact arithmetic.
void normalise(Eigen::Ref<ComplexVec> v) {
  const Vec sizes = v.cwiseAbs();
  Index k = 0;
  while (sizes[k] < (1 - 1e-8) * sizes.maxCoeff()) ++k;
  if (sizes[k] > 0) v *= std::conj(v[k]) / sizes[k];
  v /= v.norm();
  v[k] = v[k].real();
}

/// In the balanced basis, where ‖B‖ 4 n unit_roundoff is what rounding does: the bounds ‖B‖ 4 n
/// unit_roundoff / |yᴴx|.
Vec eigenvalue_errors(const ComplexMat& vectors, double size) {
  const Index n = vectors.rows();
  const double rounding = 4 * static_cast<double>(n) * unit_roundoff;
  const double worst = size * std::pow(rounding, 1 / static_cast<double>(n));
  const ComplexMat left = vectors.partialPivLu().inverse();
  Vec errors(n);
  for (Index i = 0; i < n; ++i) {
    const double bound = size * rounding * left.row(i).norm() * vectors.col(i).norm();
    errors[i] = bound < worst ? bound : worst;  // also where the inverse is not finite
  }
  return errors;
}

template <class Solver, class Matrix>
GeneralEigen eigen(const Matrix& A) {
  const Index n = A.rows();
  require<DimensionError>(n >= 1 && A.cols() == n, "general_eigen: A must be square, got {} x {}",
                          n, A.cols());
  require(A.allFinite(), "general_eigen: A contains NaN or infinite entries");
  const double unit = power_of_two_near(A.cwiseAbs().maxCoeff());
  const Matrix scaled = A / unit;
  Matrix B = scaled;
  const Vec scale = balance(B);
  const Solver solver(B);

  GeneralEigen result;
  const ComplexVec values = solver.eigenvalues();
  const ComplexMat vectors = solver.eigenvectors();
  const Vec errors = eigenvalue_errors(vectors, B.norm());
  result.values.resize(n);
  result.vectors.resize(n, n);
  result.errors.resize(n);
  const std::vector<Index> order = descending(values);
  for (Index k = 0; k < n; ++k) {
    const Index from = order[static_cast<std::size_t>(k)];
    result.values[k] = values[from];
    result.errors[k] = errors[from];
    result.vectors.col(k) = scale.asDiagonal() * vectors.col(from);
    normalise(result.vectors.col(k));
  }
  const double size = scaled.norm();
  const ComplexMat left = scaled.template cast<std::complex<double>>() * result.vectors -
                          result.vectors * result.values.asDiagonal();
  result.residual = size > 0 ? left.colwise().norm().maxCoeff() / size : 0.0;
  Index worst = 0;
  const double largest_error = result.errors.maxCoeff(&worst);
  if (solver.info() != Eigen::Success) {
    result.status = Status::out_of_budget;
    result.reason = "the QR algorithm did not converge";
  } else if (largest_error > std::sqrt(unit_roundoff) * B.norm()) {
    result.status = Status::suspicious;
    result.reason = fmt::format(
        "eigenvalue {} is known to within {:.1e} only: A is nearly defective, its eigenvectors are "
        "nearly dependent",
        worst + 1, largest_error * unit);
  }
  result.values *= unit;
  result.errors *= unit;
  return result;
}

}  // namespace

GeneralEigen general_eigen(const MatRef& A) { return eigen<Eigen::EigenSolver<Mat>>(Mat(A)); }

GeneralEigen general_eigen(const ComplexMatRef& A) {
  return eigen<Eigen::ComplexEigenSolver<ComplexMat>>(ComplexMat(A));
}

}  // namespace mathtool::math
