#include "symmetric_eigen_leading.hpp"

#include <Spectra/MatOp/DenseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>

#include <algorithm>
#include <limits>

namespace mathtool::math {
namespace {

/// x → (I − V Vᵀ) A (I − V Vᵀ) x: what A is outside the span of the pairs found.
class Deflated {
 public:
  using Scalar = double;

  Deflated(const Mat& A, const Mat& V) : A_(A), V_(V) {}
  Index rows() const { return A_.rows(); }
  Index cols() const { return A_.cols(); }
  void perform_op(const double* in, double* out) const {
    const Vec x = outside(Eigen::Map<const Vec>(in, rows()));
    Eigen::Map<Vec>(out, rows()) = outside(A_ * x);
  }

 private:
  Vec outside(const VecRef& x) const { return x - V_ * (V_.transpose() * x); }

  const Mat& A_;
  const Mat& V_;
};

/// Lanczos from one start vector sees each multiple eigenvalue once in exact arithmetic, so it is
/// asked whether anything larger than the last pair remains.
bool missed_one(const Mat& A, const SymmetricEigen& pairs) {
  Deflated rest(A, pairs.vectors);
  Spectra::SymEigsSolver<Deflated> solver(rest, 1, std::min<Index>(20, A.rows()));
  solver.init();
  solver.compute(Spectra::SortRule::LargestAlge, 300, 1e-6);
  if (solver.info() != Spectra::CompInfo::Successful) return true;
  const double last = pairs.values[pairs.values.size() - 1];
  return solver.eigenvalues()[0] > last + 1e-8 * std::abs(pairs.values[0]);
}

}  // namespace

std::optional<SymmetricEigen> leading_eigenpairs(const Mat& A, Index k) {
  const Index p = A.rows();
  constexpr double u = std::numeric_limits<double>::epsilon() / 2;
  Spectra::DenseSymMatProd<double> product(A);
  const Index basis = std::min(p, std::max<Index>(2 * k + 10, 30));
  Spectra::SymEigsSolver<Spectra::DenseSymMatProd<double>> solver(product, k, basis);
  solver.init();
  solver.compute(Spectra::SortRule::LargestAlge, 500, 1e-14);
  if (solver.info() != Spectra::CompInfo::Successful) return std::nullopt;

  SymmetricEigen pairs;
  pairs.values = solver.eigenvalues();
  pairs.vectors = solver.eigenvectors();
  pairs.residual =
      (A * pairs.vectors - pairs.vectors * pairs.values.asDiagonal()).colwise().norm().maxCoeff();
  const double norm = pairs.values.cwiseAbs().maxCoeff();
  const double skew =
      (pairs.vectors.transpose() * pairs.vectors - Mat::Identity(k, k)).cwiseAbs().maxCoeff();
  const double allowed = static_cast<double>(p) * u;
  if (!(pairs.residual <= allowed * norm) || !(skew <= allowed) || missed_one(A, pairs))
    return std::nullopt;
  return pairs;
}

}  // namespace mathtool::math
