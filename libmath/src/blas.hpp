#pragma once

#include <concepts>
#include <string>

#include "mathtool/math/types.hpp"

/// The one seam to the dense backend. OpenBLAS is opened when something large is first multiplied
/// and set to one thread, because its own threads would let their number choose the bits (a program
/// that uses the same library elsewhere shares that setting); where it is absent, callers fall back
/// to Eigen. All matrices are stored by columns.
namespace mathtool::math::blas {

bool available();
std::string name();

/// C += A Aᵀ, lower triangle. Shapes: A is n × k, C is n × n.
void syrk(Index n, Index k, const double* a, Index lda, double* c, Index ldc);

/// C ← β C + op(A) op(B), op by 'N' or 'T', of float or double. Shapes: C is m × n, the inner size
/// is k.
template <std::floating_point T>
void gemm(char op_a, char op_b, Index m, Index n, Index k, const T* a, Index lda, const T* b,
          Index ldb, T beta, T* c, Index ldc);

/// All eigenvalues, ascending, of the lower triangle of A, which is destroyed: replaced by the
/// eigenvectors where these are wanted. False where the backend has no LAPACK or it did not
/// converge. Pre: available().
bool syevd(Mat& A, Vec& values, bool vectors);

/// Thin SVD; A is destroyed. False as above. Pre: available().
bool gesdd(Mat& A, Mat& U, Vec& singular, Mat& Vt);

}  // namespace mathtool::math::blas
