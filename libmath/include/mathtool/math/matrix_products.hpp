#pragma once

#include <string>

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// C += XᵀX, lower triangle only. Up to 64 columns by a kernel of our own that adds row after row,
/// the same bits on every processor; above by the dense backend, single-threaded.
///
/// Shapes: X is n × p, C is p × p. Throws: DimensionError. Cost: n p² flops.
void add_gram(const RowMatRef& X, Mat& C);

/// The same with up to `threads` threads (0: all) that share the triangle by tiles which depend on
/// p alone: the bits do not depend on `threads`.
void add_gram(const RowMatRef& X, Mat& C, int threads);

/// C += (X − 1cᵀ)ᵀ(X − 1cᵀ), lower triangle only, c the centre; otherwise as `add_gram`.
///
/// Shapes: X is n × p, c has p entries, C is p × p. Throws: DimensionError.
void add_centred_gram(const RowMatRef& X, const VecRef& centre, Mat& C, int threads);

/// X ← X − 1cᵀ by up to `threads` threads (0: all). Throws: DimensionError.
void centre_rows(RowMat& X, const VecRef& centre, int threads);

/// A · B, AᵀB and ABᵀ through the dense backend, single-threaded; a tall A times a B of at most 64
/// × 64 by a loop of our own, the same bits on every processor. Shapes: inner sizes agree. Throws:
/// DimensionError.
Mat multiply(const MatRef& A, const MatRef& B);
/// A · B by up to `threads` threads (0: all), each for fixed rows of A: they do not change the
/// bits.
Mat multiply(const MatRef& A, const MatRef& B, int threads);
Mat multiply_transposed(const MatRef& A, const MatRef& B);     ///< Aᵀ B
Mat multiply_by_transposed(const MatRef& A, const MatRef& B);  ///< A Bᵀ

/// Copies the lower triangle onto the upper one.
void mirror_lower(Mat& C);
/// The same after division of the lower triangle by `divisor`, by up to `threads` threads (0: all).
void mirror_lower(Mat& C, double divisor, int threads);

/// Whether the upper triangle mirrors the lower one; not where there is a NaN.
bool is_symmetric(const MatRef& A);

/// What multiplies large matrices here, as in "OpenBLAS 0.3.21 (SkylakeX)" or "Eigen 3.4.0". The
/// bits of what goes through it are those of one processor type.
std::string dense_backend();

}  // namespace mathtool::math
