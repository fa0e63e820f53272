#include "symmetric_eigen_leading.hpp"

#include <Spectra/SymEigsSolver.h>

#include <algorithm>
#include <exception>
#include <limits>

#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {
namespace {

/// x → (I − V Vᵀ) A (I − V Vᵀ) x: what A is outside the span of the pairs found, which may be none.
class Deflated {
 public:
  using Scalar = double;

  Deflated(const MatRef& A, const Mat& V) : A_(A), V_(V) {}
  Index rows() const { return A_.rows(); }
  Index cols() const { return A_.cols(); }
  void perform_op(const double* in, double* out) const {
    const Vec x = outside(Eigen::Map<const Vec>(in, rows()));
    Eigen::Map<Vec>(out, rows()) = outside(A_.selfadjointView<Eigen::Lower>() * x);
  }

 private:
  Vec outside(const VecRef& x) const { return x - V_ * (V_.transpose() * x); }

  MatRef A_;
  const Mat& V_;
};

Vec random_direction(Index p) {
  Philox random(0, 1);
  Vec start(p);
  for (double& entry : start) entry = 2 * uniform(random) - 1;
  return start.normalized();
}

/// Lanczos from one start vector sees each multiple eigenvalue once in exact arithmetic, so another
/// start is asked whether anything larger than the last pair remains. A Ritz value never exceeds
/// what there is.
bool missed_one(const MatRef& A, const SymmetricEigen& pairs, double rounding) {
  Deflated rest(A, pairs.vectors);
  const Vec start = random_direction(A.rows());
  Vec image(A.rows());
  rest.perform_op(start.data(), image.data());
  const double last = pairs.values[pairs.values.size() - 1];
  if (image.norm() <= rounding) return last < -rounding;  // nothing but zeros remains
  Spectra::SymEigsSolver<Deflated> solver(rest, 1, std::min<Index>(20, A.rows()));
  solver.init(start.data());
  solver.compute(Spectra::SortRule::LargestAlge, 300, 1e-6);
  if (solver.info() != Spectra::CompInfo::Successful) return true;
  return solver.eigenvalues()[0] > last + rounding;
}

SymmetricEigen lanczos(const MatRef& A, Index k) {
  const Mat none(A.rows(), 0);
  Deflated product(A, none);
  const Index basis = std::min(A.rows(), std::max<Index>(2 * k + 10, 30));
  Spectra::SymEigsSolver<Deflated> solver(product, k, basis);
  solver.init();
  solver.compute(Spectra::SortRule::LargestAlge, 500, 1e-14);
  if (solver.info() != Spectra::CompInfo::Successful) return {};
  SymmetricEigen pairs{solver.eigenvalues(), solver.eigenvectors(), 0.0};
  pairs.residual =
      (A * pairs.vectors - pairs.vectors * pairs.values.asDiagonal()).colwise().norm().maxCoeff();
  return pairs;
}

}  // namespace

std::optional<SymmetricEigen> leading_eigenpairs(const MatRef& A, Index k) try {
  const SymmetricEigen pairs = lanczos(A, k);
  if (pairs.values.size() < k) return std::nullopt;
  const double allowed = static_cast<double>(A.rows()) * std::numeric_limits<double>::epsilon() / 2;
  const double norm = pairs.values.cwiseAbs().maxCoeff();
  const double skew =
      (pairs.vectors.transpose() * pairs.vectors - Mat::Identity(k, k)).cwiseAbs().maxCoeff();
  if (!(pairs.residual <= allowed * norm) || !(skew <= allowed) ||
      missed_one(A, pairs, 4 * allowed * norm))
    return std::nullopt;
  return pairs;
} catch (const std::exception&) {  // Spectra throws where a matrix has too few nonzero eigenvalues
  return std::nullopt;
}

}  // namespace mathtool::math
