#include "jacobi.hpp"

#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

constexpr int most_sweeps = 60;  // six to ten suffice; rounding noise must not keep us here

/// tan of the smaller angle that makes (a, b; b, d) diagonal.
double tangent(double a, double b, double d) {
  const double cot_double = (d - a) / (2 * b);
  return std::copysign(1.0, cot_double) /
         (std::abs(cot_double) + std::sqrt(1 + cot_double * cot_double));
}

void rotate_columns(Mat& A, Index i, Index j, double c, double s) {
  double *x = A.data() + i * A.rows(), *y = A.data() + j * A.rows();
  for (Index k = 0; k < A.rows(); ++k) {
    const double xk = x[k], yk = y[k];
    x[k] = c * xk - s * yk;
    y[k] = s * xk + c * yk;
  }
}

/// Sweeps over all pairs of columns until `rotate(i, j)` finds nothing left to do.
template <class Rotate>
void sweep(Index n, Rotate rotate) {
  for (int round = 0; round < most_sweeps; ++round) {
    bool rotated = false;
    for (Index i = 0; i + 1 < n; ++i)
      for (Index j = i + 1; j < n; ++j) rotated |= rotate(i, j);
    if (!rotated) return;
  }
}

}  // namespace

void jacobi_diagonalise(Mat& A, Mat* V) {
  if (V) V->setIdentity(A.rows(), A.rows());
  sweep(A.rows(), [&](Index i, Index j) {
    const double a = A(i, i), b = A(i, j), d = A(j, j);
    if (std::abs(b) <= unit_roundoff * std::sqrt(std::abs(a)) * std::sqrt(std::abs(d)))
      return false;
    const double t = tangent(a, b, d), c = 1 / std::sqrt(1 + t * t), s = t * c;
    rotate_columns(A, i, j, c, s);
    A.row(i) = A.col(i).transpose();
    A.row(j) = A.col(j).transpose();
    A(i, i) = a - t * b;
    A(j, j) = d + t * b;
    A(i, j) = A(j, i) = 0.0;
    if (V) rotate_columns(*V, i, j, c, s);
    return true;
  });
}

void jacobi_orthogonalise(Mat& W, Mat& V) {
  V.setIdentity(W.cols(), W.cols());
  sweep(W.cols(), [&](Index i, Index j) {
    const double a = W.col(i).squaredNorm(), d = W.col(j).squaredNorm();
    const double b = W.col(i).dot(W.col(j));
    if (std::abs(b) <= 4 * unit_roundoff * std::sqrt(a) * std::sqrt(d)) return false;
    const double t = tangent(a, b, d), c = 1 / std::sqrt(1 + t * t), s = t * c;
    rotate_columns(W, i, j, c, s);
    rotate_columns(V, i, j, c, s);
    return true;
  });
}

}  // namespace mathtool::math
