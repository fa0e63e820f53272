#include "mathtool/math/linear_algebra/rank.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/math/thin_svd.hpp"

namespace mathtool::math {
namespace {

MatrixRank judge(Vec singular, const MatRef& A, const RankOptions& options) {
  const double longer = static_cast<double>(std::max(A.rows(), A.cols()));
  const double tolerance =
      options.tolerance.value_or(longer * std::numeric_limits<double>::epsilon());
  require(tolerance >= 0, "matrix_rank: tolerance must be >= 0, got {}", tolerance);
  MatrixRank result;
  result.singular = std::move(singular);
  if (result.singular.size() == 0) return result;
  result.threshold = tolerance * result.singular[0];
  result.rank = (result.singular.array() > result.threshold).count();
  const double least = result.rank > 0 ? result.singular[result.rank - 1] : result.threshold;
  if (least > result.threshold && least <= 100 * result.threshold) {
    result.status = Status::suspicious;
    result.reason = fmt::format(
        "singular value {} is {:.2e}, hardly above the threshold {:.2e}: another tolerance would "
        "give another rank",
        result.rank, least, result.threshold);
  }
  return result;
}

}  // namespace

MatrixRank matrix_rank(const MatRef& A, const RankOptions& options) {
  if (A.size() == 0) return judge({}, A, options);
  return judge(thin_svd(A, {.left = false}).singular, A, options);
}

Mat null_space(const MatRef& A, const RankOptions& options) {
  const Index n = A.rows(), p = A.cols();
  if (A.size() == 0) return Mat::Identity(p, p);
  Mat square = Mat::Zero(std::max(n, p), p);  // V is p × p only where there are as many rows
  square.topRows(n) = A;
  const ThinSvd svd = thin_svd(square, {.left = false});
  return svd.V.rightCols(p - judge(svd.singular, A, options).rank);
}

PseudoInverse pseudo_inverse(const MatRef& A, const RankOptions& options) {
  if (A.size() == 0) return {Mat::Zero(A.cols(), A.rows()), judge({}, A, options)};
  const ThinSvd svd = thin_svd(A);
  PseudoInverse result{{}, judge(svd.singular, A, options)};
  const Index rank = result.rank.rank;
  const Mat scaled = svd.V.leftCols(rank) * svd.singular.head(rank).cwiseInverse().asDiagonal();
  result.value = scaled * svd.U.leftCols(rank).transpose();
  return result;
}

}  // namespace mathtool::math
