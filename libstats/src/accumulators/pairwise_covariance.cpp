#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::stats {
PairwiseCovariance::PairwiseCovariance(Index columns)
    : pairs_(Mat::Zero(columns, columns)),
      means_(Mat::Zero(columns, columns)),
      means_low_(Mat::Zero(columns, columns)),
      products_(Mat::Zero(columns, columns)),
      squares_(Mat::Zero(columns, columns)) {}

void PairwiseCovariance::push(const VecRef& row) { push_rows(row.transpose()); }

void PairwiseCovariance::push_rows(const RowMatRef& rows, const VecRef& weights) {
  const Index n = rows.rows(), p = rows.cols();
  const bool weighted = weights.size() > 0;
  require<DimensionError>(!weighted || weights.size() == n,
                          "PairwiseCovariance: {} weights for {} rows", weights.size(), n);
  require(weights.allFinite() && (weights.array() >= 0).all(),
          "PairwiseCovariance: weights must be finite and >= 0");
  if (n == 0) return;
  const auto is_present = [&](Index i, Index j) {
    return !std::isnan(rows(i, j)) && !(weighted && weights[i] == 0);
  };
  Eigen::RowVectorXd origin =
      Eigen::RowVectorXd::Zero(p);  // any value of the column: offsets cancel
  Mat present(n, p), deviations(n, p);
  for (Index j = 0; j < p; ++j) {
    Index first = 0;
    while (first < n && !is_present(first, j)) ++first;
    if (first < n) origin[j] = rows(first, j);
    double offset = 0.0, count = 0.0;
    for (Index i = first; i < n; ++i)
      if (is_present(i, j)) {
        offset += rows(i, j) - origin[j];
        ++count;
      }
    if (count > 0) origin[j] += offset / count;
    for (Index i = 0; i < n; ++i) {
      present(i, j) = is_present(i, j) ? 1.0 : 0.0;
      deviations(i, j) = is_present(i, j) ? rows(i, j) - origin[j] : 0.0;
    }
  }
  PairwiseCovariance block;
  block.count_ = n;
  block.weight_ = weighted ? weights.sum() : static_cast<double>(n);
  Mat counted = present, weighed = deviations;
  if (weighted) {
    counted.array().colwise() *= weights.array();
    weighed.array().colwise() *= weights.array();
  }
  block.pairs_ = math::multiply_transposed(counted, present);
  // Of column i where j has a value:
  const Mat sums = math::multiply_transposed(weighed, present);
  block.squares_ = math::multiply_transposed(weighed.cwiseProduct(deviations), present);
  block.products_ = math::multiply_transposed(weighed, deviations);
  block.means_ = block.means_low_ = Mat::Zero(p, p);
  for (Index j = 0; j < p; ++j)
    for (Index i = 0; i < p; ++i) {
      if (block.pairs_(i, j) == 0) continue;
      block.products_(i, j) -= sums(i, j) * sums(j, i) / block.pairs_(i, j);
      block.squares_(i, j) -= sums(i, j) * sums(i, j) / block.pairs_(i, j);
      block.set_mean(i, j, math::two_sum(origin[i], sums(i, j) / block.pairs_(i, j)));
    }
  merge(block);
}

void PairwiseCovariance::merge(const PairwiseCovariance& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    require<DimensionError>(columns() == 0 || columns() == other.columns(),
                            "PairwiseCovariance: merging {} with {} columns", columns(),
                            other.columns());
    *this = other;
    return;
  }
  require<DimensionError>(other.columns() == columns(),
                          "PairwiseCovariance: merging {} with {} columns", columns(),
                          other.columns());
  Mat gaps(columns(), columns());
  for (Index j = 0; j < columns(); ++j)
    for (Index i = 0; i < columns(); ++i)
      gaps(i, j) = static_cast<double>(other.mean(i, j) - mean(i, j));
  for (Index j = 0; j < columns(); ++j)
    for (Index i = 0; i < columns(); ++i) {
      const double a = pairs_(i, j), b = other.pairs_(i, j), n = a + b;
      if (b == 0) continue;
      products_(i, j) += other.products_(i, j);
      squares_(i, j) += other.squares_(i, j);
      if (a == 0) {
        set_mean(i, j, other.mean(i, j));
      } else {
        products_(i, j) += gaps(i, j) * gaps(j, i) * (a * b / n);
        squares_(i, j) += gaps(i, j) * gaps(i, j) * (a * b / n);
        set_mean(i, j, mean(i, j) + math::two_product(gaps(i, j), b / n));
      }
      pairs_(i, j) = n;
    }
  count_ += other.count_;
  weight_ += other.weight_;
}

math::DoubleDouble PairwiseCovariance::mean(Index i, Index j) const {
  return {means_(i, j), means_low_(i, j)};
}

void PairwiseCovariance::set_mean(Index i, Index j, const math::DoubleDouble& mean) {
  means_(i, j) = mean.high;
  means_low_(i, j) = mean.low;
}

Vec PairwiseCovariance::mean() const {
  Vec mean = means_.diagonal();
  for (Index j = 0; j < columns(); ++j)
    if (pairs_(j, j) == 0) mean[j] = not_a_number;
  return mean;
}

CovarianceEstimate PairwiseCovariance::pairwise() const {
  CovarianceEstimate estimate{mean(), products_, std::llround(weight_)};
  for (Index j = 0; j < columns(); ++j)
    for (Index i = 0; i < columns(); ++i)
      estimate.matrix(i, j) =
          pairs_(i, j) > 1 ? estimate.matrix(i, j) / (pairs_(i, j) - 1) : not_a_number;
  math::mirror_lower(estimate.matrix);
  return estimate;
}

Mat PairwiseCovariance::pair_variances() const {
  return (pairs_.array() > 1)
      .select(squares_.array().max(0.0) / (pairs_.array() - 1), not_a_number);
}

CovarianceEstimate PairwiseCovariance::mean_imputed() const {
  CovarianceEstimate estimate{mean(), products_, std::llround(weight_)};
  const double divisor = weight_ - 1;
  for (Index j = 0; j < columns(); ++j)
    for (Index i = 0; i < columns(); ++i) {
      // Deviations are to be taken from the column's mean rather than from that of the pair's rows.
      const double from_i = static_cast<double>(mean(i, j) - mean(i, i));
      const double from_j = static_cast<double>(mean(j, i) - mean(j, j));
      estimate.matrix(i, j) =
          weight_ > 1 ? (estimate.matrix(i, j) + pairs_(i, j) * from_i * from_j) / divisor
                      : not_a_number;
    }
  math::mirror_lower(estimate.matrix);
  return estimate;
}

RepairedCovariance nearest_covariance(const MatRef& C) {
  const math::SymmetricEigen pairs = math::symmetric_eigen(C);
  RepairedCovariance repaired{C, std::min(0.0, pairs.values.minCoeff())};
  // Rounding alone makes zero eigenvalues negative by about p u times the largest.
  const double noise = 1e-14 * static_cast<double>(C.rows()) * pairs.values.cwiseAbs().maxCoeff();
  if (repaired.most_negative >= -noise) {
    repaired.most_negative = 0.0;
    return repaired;
  }
  const Mat half = pairs.vectors * pairs.values.cwiseMax(0.0).cwiseSqrt().asDiagonal();
  repaired.matrix = math::multiply_by_transposed(half, half);
  for (Index j = 0; j < C.cols(); ++j) {
    const double scale =
        repaired.matrix(j, j) > 0 ? std::sqrt(C(j, j) / repaired.matrix(j, j)) : 0.0;
    repaired.matrix.row(j) *= scale;
    repaired.matrix.col(j) *= scale;
  }
  repaired.matrix.diagonal() = C.diagonal();  // scaling restored it but for roundings
  math::mirror_lower(repaired.matrix);
  return repaired;
}

}  // namespace mathtool::stats
