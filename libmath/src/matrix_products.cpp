#include "mathtool/math/matrix_products.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "blas.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"
#include "small_gram.hpp"

namespace mathtool::math {
namespace {

constexpr Index small = 64;          // inner and outer size up to which plain column updates serve
constexpr Index rows_at_once = 512;  // of at most 64 columns of A and C: they stay in cache
constexpr Index row_tile = 256;      // rows of a product that one task computes
constexpr Index mirror_side = 32;    // of blocks that stay in cache while rows become columns

/// Columns of the triangle that one task takes: few tasks copy less, many share out better. Not to
/// depend on threads.
constexpr Index triangle_tile(Index p) { return p <= 1024 ? 256 : 512; }

/// C(i0.., j0..) += X(:, i0..)ᵀ X(:, j0..) for one tile of the lower triangle.
void add_gram_tile(const RowMatRef& X, Index i0, Index j0, Mat& C) {
  const Index n = X.rows(), p = X.cols(), stride = X.outerStride(), tile = triangle_tile(p);
  const Index rows = std::min(tile, p - i0), columns = std::min(tile, p - j0);
  double* c = C.data() + j0 * C.rows() + i0;
  // X by rows is Xᵀ by columns.
  if (!blas::available()) {
    auto block = C.block(i0, j0, rows, columns);
    if (i0 == j0)
      block.selfadjointView<Eigen::Lower>().rankUpdate(X.middleCols(i0, rows).transpose());
    else
      block.noalias() += X.middleCols(i0, rows).transpose() * X.middleCols(j0, columns);
  } else if (i0 == j0) {
    blas::syrk(rows, n, X.data() + i0, stride, c, C.rows());
  } else {
    blas::gemm('N', 'T', rows, columns, n, X.data() + i0, stride, X.data() + j0, stride, 1.0, c,
               C.rows());
  }
}

/// C += XᵀX, lower triangle, tile by tile.
void add_gram_tiles(const RowMatRef& X, Mat& C, int threads) {
  const Index tile = triangle_tile(X.cols()), tiles = (X.cols() + tile - 1) / tile;
  parallel_for(
      tiles * (tiles + 1) / 2,
      [&](Index task) {
        Index i = 0;  // the task-th tile of the triangle, row after row
        while ((i + 1) * (i + 2) / 2 <= task) ++i;
        add_gram_tile(X, i * tile, (task - i * (i + 1) / 2) * tile, C);
      },
      threads);
}

Mat product(char op_a, char op_b, const MatRef& A, const MatRef& B) {
  const Index m = op_a == 'N' ? A.rows() : A.cols(), k = op_a == 'N' ? A.cols() : A.rows();
  const Index n = op_b == 'N' ? B.cols() : B.rows(), k_b = op_b == 'N' ? B.rows() : B.cols();
  require<DimensionError>(k == k_b, "multiply: {} x {} and {} x {} do not fit", A.rows(), A.cols(),
                          B.rows(), B.cols());
  Mat C = Mat::Zero(m, n);
  if (m == 0 || n == 0 || k == 0) return C;
  if (op_a == 'N' && k <= small && n <= small) {
    for (Index first = 0; first < m; first += rows_at_once) {
      const Index rows = std::min(rows_at_once, m - first);
      for (Index j = 0; j < n; ++j)
        for (Index i = 0; i < k; ++i)
          C.col(j).segment(first, rows) +=
              A.col(i).segment(first, rows) * (op_b == 'N' ? B(i, j) : B(j, i));
    }
  } else if (blas::available())
    blas::gemm(op_a, op_b, m, n, k, A.data(), A.outerStride(), B.data(), B.outerStride(), 1.0,
               C.data(), m);
  else if (op_a == 'T')
    C.noalias() = A.transpose() * B;
  else if (op_b == 'T')
    C.noalias() = A * B.transpose();
  else
    C.noalias() = A * B;
  return C;
}

}  // namespace

void add_gram(const RowMatRef& X, Mat& C) { add_gram(X, C, 1); }

void add_gram(const RowMatRef& X, Mat& C, int threads) {
  const Index p = X.cols();
  require<DimensionError>(C.rows() == p && C.cols() == p,
                          "add_gram: C must be {} x {}, got {} x {}", p, p, C.rows(), C.cols());
  if (p == 0 || X.rows() == 0) return;
  if (p <= small_gram_columns)
    add_small_gram(X.data(), X.rows(), p, X.outerStride(), nullptr, C);
  else
    add_gram_tiles(X, C, threads);
}

void add_centred_gram(const RowMatRef& X, const VecRef& centre, Mat& C, int threads) {
  const Index p = X.cols();
  require<DimensionError>(C.rows() == p && C.cols() == p && centre.size() == p,
                          "add_centred_gram: X has {} columns, C is {} x {}, the centre has {}", p,
                          C.rows(), C.cols(), centre.size());
  if (p == 0 || X.rows() == 0) return;
  if (p <= small_gram_columns)
    add_small_gram(X.data(), X.rows(), p, X.outerStride(), centre.data(), C);
  else
    add_gram_tiles(X.rowwise() - centre.transpose(), C, threads);
}

void centre_rows(RowMat& X, const VecRef& centre, int threads) {
  require<DimensionError>(centre.size() == X.cols(), "centre_rows: X has {} columns, the centre {}",
                          X.cols(), centre.size());
  parallel_for((X.rows() + row_tile - 1) / row_tile,
               [&](Index task) {
                 const Index first = task * row_tile, rows = std::min(row_tile, X.rows() - first);
                 X.middleRows(first, rows).rowwise() -= centre.transpose();
               },
               threads);
}

Mat multiply(const MatRef& A, const MatRef& B) { return product('N', 'N', A, B); }
Mat multiply(const MatRef& A, const MatRef& B, int threads) {
  Mat C(A.rows(), B.cols());
  parallel_for((A.rows() + row_tile - 1) / row_tile,
               [&](Index task) {
                 const Index first = task * row_tile, rows = std::min(row_tile, A.rows() - first);
                 C.middleRows(first, rows) = multiply(A.middleRows(first, rows), B);
               },
               threads);
  return C;
}

Mat multiply_transposed(const MatRef& A, const MatRef& B) { return product('T', 'N', A, B); }
Mat multiply_by_transposed(const MatRef& A, const MatRef& B) { return product('N', 'T', A, B); }

void mirror_lower(Mat& C) { mirror_lower(C, 1.0, 1); }

void mirror_lower(Mat& C, double divisor, int threads) {
  const Index p = C.cols();
  parallel_for((p + mirror_side - 1) / mirror_side,
               [&](Index task) {
                 const Index j = task * mirror_side, columns = std::min(mirror_side, p - j);
                 if (divisor != 1) C.block(j, j, p - j, columns) /= divisor;
                 auto diagonal = C.block(j, j, columns, columns);
                 diagonal.triangularView<Eigen::StrictlyUpper>() =
                     diagonal.transpose().triangularView<Eigen::StrictlyUpper>();
                 for (Index i = j + columns; i < p; i += mirror_side) {
                   const Index rows = std::min(mirror_side, p - i);
                   C.block(j, i, columns, rows) = C.block(i, j, rows, columns).transpose();
                 }
               },
               threads);
}

bool is_symmetric(const MatRef& A) {
  const Index p = A.cols();
  if (A.rows() != p) return false;
  for (Index j = 0; j < p; j += mirror_side)
    for (Index i = j; i < p; i += mirror_side) {
      const Index columns = std::min(mirror_side, p - j), rows = std::min(mirror_side, p - i);
      const auto upper = A.block(j, i, columns, rows);
      if (!(A.block(i, j, rows, columns).array() == upper.transpose().array()).all()) return false;
    }
  return true;
}

std::string dense_backend() {
  if (blas::available()) return blas::name();
  return fmt::format("Eigen {}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION,
                     EIGEN_MINOR_VERSION);
}

}  // namespace mathtool::math
