#include "mathtool/stats/accumulators/covariance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"

namespace mathtool::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Index block_rows(Index columns) { return std::max<Index>(1024, columns); }

/// sum + error += weight · row, each entry to twice the working precision (cf. CompensatedSum).
void add_row(const double* row, double weight, Vec& sum, Vec& error) {
  double *high = sum.data(), *low = error.data();
  if (weight == 1) {  // apart, so that the usual case vectorises
    for (Index j = 0; j < sum.size(); ++j) {
      const math::DoubleDouble s = math::two_sum(high[j], row[j]);
      high[j] = s.high;
      low[j] += s.low;
    }
    return;
  }
  for (Index j = 0; j < sum.size(); ++j) {
    const math::DoubleDouble term = math::two_product(weight, row[j]);
    const math::DoubleDouble s = math::two_sum(high[j], term.high);
    high[j] = s.high;
    low[j] += s.low + term.low;
  }
}

}  // namespace

Covariance::Covariance(Index columns, int threads) : columns_(columns), threads_(threads) {
  require<DimensionError>(columns >= 0, "Covariance: columns must be >= 0, got {}", columns);
}

void Covariance::push(const VecRef& row) { gather(row.transpose(), nullptr); }

void Covariance::push_rows(const RowMatRef& rows) { gather(rows, nullptr); }

void Covariance::push_rows(const RowMatRef& rows, const VecRef& weights) {
  require<DimensionError>(weights.size() == rows.rows(), "Covariance: {} weights for {} rows",
                          weights.size(), rows.rows());
  require(weights.allFinite() && (weights.array() >= 0).all(),
          "Covariance: weights must be finite and >= 0");
  gather(rows, weights.data());
}

void Covariance::gather(const RowMatRef& rows, const double* weights) {
  if (columns_ == 0) columns_ = rows.cols();
  require<DimensionError>(rows.cols() == columns_, "Covariance: expected {} columns, got {}",
                          columns_, rows.cols());
  const Index size = block_rows(columns_);
  for (Index first = 0; first < rows.rows();) {
    const Index count = std::min(size - pending_rows_, rows.rows() - first);
    if (pending_.rows() < pending_rows_ + count) {  // as many rows as arrive, at most a block
      pending_.conservativeResize(pending_rows_ + count, columns_);
      pending_weights_.conservativeResize(pending_rows_ + count);
    }
    pending_.middleRows(pending_rows_, count) = rows.middleRows(first, count);
    for (Index i = 0; i < count; ++i)
      pending_weights_[pending_rows_ + i] = weights ? weights[first + i] : 1.0;
    pending_rows_ += count;
    first += count;
    if (pending_rows_ == size) flush();
  }
  count_ += rows.rows();
}

void Covariance::flush() {
  if (pending_rows_ == 0) return;
  add(sums_,
      centre_and_multiply(pending_.topRows(pending_rows_), pending_weights_.head(pending_rows_)));
  pending_rows_ = 0;
}

Covariance::Sums Covariance::total() const {
  if (pending_rows_ == 0) return sums_;
  Sums sums = sums_;
  add(sums,
      centre_and_multiply(pending_.topRows(pending_rows_), pending_weights_.head(pending_rows_)));
  return sums;
}

Covariance::Sums Covariance::centre_and_multiply(const RowMatRef& rows, const Vec& weights) const {
  const Index n = rows.rows(), p = rows.cols();
  Sums block{weights.sum(), Vec::Zero(p), Vec::Zero(p), Mat::Zero(p, p)};
  if (!(block.weight > 0)) return block;

  // Means to twice the working precision; a constant column then deviates by exactly 0.
  Vec sum = Vec::Zero(p), error = Vec::Zero(p);
  for (Index i = 0; i < n; ++i)
    if (weights[i] != 0) add_row(rows.row(i).data(), weights[i], sum, error);
  for (Index j = 0; j < p; ++j) {
    const math::DoubleDouble mean = math::two_sum(sum[j], error[j]) / block.weight;
    block.mean[j] = mean.high;
    block.mean_low[j] = mean.low;
  }

  RowMat deviations(n, p);
  for (Index i = 0; i < n; ++i) {
    deviations.row(i) = rows.row(i) - block.mean.transpose();
    if (weights[i] == 0) deviations.row(i).setZero();
    if (weights[i] != 1) deviations.row(i) *= std::sqrt(weights[i]);
  }
  math::add_gram(deviations, block.products, threads_);
  // The deviations are from the high part of the mean alone.
  if (!block.mean_low.isZero(0))
    block.products.selfadjointView<Eigen::Lower>().rankUpdate(block.mean_low, -block.weight);
  return block;
}

void Covariance::add(Sums& sums, const Sums& block) const {
  if (!(block.weight > 0)) return;
  if (!(sums.weight > 0)) {
    sums = block;
    return;
  }
  const double weight = sums.weight + block.weight, share = block.weight / weight;
  Vec gap(columns_);
  for (Index j = 0; j < columns_; ++j) {
    const math::DoubleDouble mean{sums.mean[j], sums.mean_low[j]};
    const math::DoubleDouble other{block.mean[j], block.mean_low[j]};
    gap[j] = static_cast<double>(other - mean);
    const math::DoubleDouble merged = mean + math::two_product(gap[j], share);
    sums.mean[j] = merged.high;
    sums.mean_low[j] = merged.low;
  }
  const double factor = sums.weight * share;
  for (Index j = 0; j < columns_; ++j) {
    const Index below = columns_ - j;
    sums.products.col(j).tail(below) +=
        block.products.col(j).tail(below) + factor * gap[j] * gap.tail(below);
  }
  sums.weight = weight;
}

void Covariance::merge(const Covariance& other) {
  if (other.count_ == 0) return;
  if (count_ == 0 && columns_ == 0) columns_ = other.columns_;
  require<DimensionError>(other.columns_ == columns_, "Covariance: merging {} with {} columns",
                          columns_, other.columns_);
  flush();
  add(sums_, other.total());
  count_ += other.count_;
}

double Covariance::weight() const {
  return sums_.weight + pending_weights_.head(pending_rows_).sum();
}

Vec Covariance::mean() const {
  const Sums sums = total();
  return sums.weight > 0 ? sums.mean : Vec::Constant(columns_, nan);
}

Mat Covariance::matrix() const { return estimate().matrix; }

CovarianceEstimate Covariance::estimate() const {
  Sums sums = total();
  CovarianceEstimate estimate;
  estimate.observations = std::llround(sums.weight);
  estimate.mean = sums.weight > 0 ? sums.mean : Vec::Constant(columns_, nan);
  if (!(sums.weight > 1)) {
    estimate.matrix = Mat::Constant(columns_, columns_, nan);
    return estimate;
  }
  estimate.matrix = std::move(sums.products);
  estimate.matrix /= sums.weight - 1;
  math::mirror_lower(estimate.matrix);
  return estimate;
}

}  // namespace mathtool::stats
