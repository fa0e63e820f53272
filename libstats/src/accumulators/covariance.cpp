#include "mathtool/stats/accumulators/covariance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/column_sums.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"

namespace mathtool::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Index block_rows(Index columns) { return std::max<Index>(1024, columns); }

/// sums += weight · row, each entry to twice the working precision (cf. CompensatedSum).
void add_row(const double* row, double weight, math::ColumnSums& sums) {
  for (Index j = 0; j < sums.high.size(); ++j) {
    const math::DoubleDouble term = math::two_product(weight, row[j]);
    const math::DoubleDouble s = math::two_sum(sums.high[j], term.high);
    sums.high[j] = s.high;
    sums.low[j] += s.low + term.low;
  }
}

}  // namespace

Covariance::Covariance(Index columns, int threads) : columns_(columns), threads_(threads) {
  require<DimensionError>(columns >= 0, "Covariance: columns must be >= 0, got {}", columns);
}

void Covariance::push(const VecRef& row) {
  accept(row.transpose(), Vec());
  gather(row.transpose(), Vec());
}

void Covariance::push_rows(const RowMatRef& rows) {
  accept(rows, Vec());
  gather(rows, Vec());
}

void Covariance::push_rows(const RowMatRef& rows, const VecRef& weights) {
  require<DimensionError>(weights.size() == rows.rows(), "Covariance: {} weights for {} rows",
                          weights.size(), rows.rows());
  accept(rows, weights);
  gather(rows, weights);
}

void Covariance::push_block(const RowMatRef& rows, const VecRef& weights) {
  require<DimensionError>(weights.size() == 0 || weights.size() == rows.rows(),
                          "Covariance: {} weights for {} rows", weights.size(), rows.rows());
  accept(rows, weights);
  if (columns_ > narrow) return gather(rows, weights);
  flush();
  absorb(sums_, rows, weights);
}

/// Takes the width of the first rows, checks that of later ones and their weights, and counts them.
void Covariance::accept(const RowMatRef& rows, const VecRef& weights) {
  if (columns_ == 0) columns_ = rows.cols();
  require<DimensionError>(rows.cols() == columns_, "Covariance: expected {} columns, got {}",
                          columns_, rows.cols());
  require(weights.allFinite() && (weights.array() >= 0).all(),
          "Covariance: weights must be finite and >= 0");
  count_ += rows.rows();
}

void Covariance::gather(const RowMatRef& rows, const VecRef& weights) {
  const Index size = block_rows(columns_);
  for (Index first = 0; first < rows.rows();) {
    const Index count = std::min(size - pending_rows_, rows.rows() - first);
    if (pending_.rows() < pending_rows_ + count)  // room as rows arrive, at most for a block
      pending_.conservativeResize(std::clamp(2 * pending_.rows(), pending_rows_ + count, size),
                                  columns_);
    pending_.middleRows(pending_rows_, count) = rows.middleRows(first, count);
    if (weights.size() > 0 || pending_weights_.size() > 0) {
      const Index weighted = pending_weights_.size();
      pending_weights_.conservativeResize(pending_rows_ + count);
      if (weighted == 0) pending_weights_.head(pending_rows_).setOnes();
      if (weights.size() > 0)
        pending_weights_.tail(count) = weights.segment(first, count);
      else
        pending_weights_.tail(count).setOnes();
    }
    pending_rows_ += count;
    first += count;
    if (pending_rows_ == size) flush();
  }
}

void Covariance::flush() {
  if (pending_rows_ == 0) return;
  absorb(sums_, pending_.topRows(pending_rows_), pending_weights_);
  pending_rows_ = 0;
  pending_weights_.resize(0);
}

Covariance::Sums Covariance::total() const {
  Sums sums = sums_;
  if (pending_rows_ > 0) absorb(sums, pending_.topRows(pending_rows_), pending_weights_);
  return sums;
}

/// Adds a block of rows to `sums`, without a matrix of its own for its products.
void Covariance::absorb(Sums& sums, const RowMatRef& rows, const VecRef& weights) const {
  if (sums.products.size() == 0) sums.products = Mat::Zero(rows.cols(), rows.cols());
  const bool weighted = weights.size() > 0 && !(weights.array() == 1).all();
  add(sums,
      weighted ? multiply_weighted(rows, weights, sums.products) : multiply(rows, sums.products));
}

/// Adds the centred products of the rows to `products`; returns the rest of their sums.
Covariance::Sums Covariance::multiply(const RowMatRef& rows, Mat& products) const {
  const Index n = rows.rows(), p = rows.cols();
  Sums block{static_cast<double>(n), Vec::Zero(p), Vec::Zero(p), {}};
  if (n == 0) return block;
  block.set_means(math::column_sums(rows));
  math::add_centred_gram(rows, block.mean, products, threads_);
  block.correct_centre(products);
  return block;
}

Covariance::Sums Covariance::multiply_weighted(const RowMatRef& rows, const VecRef& weights,
                                               Mat& products) const {
  const Index n = rows.rows(), p = rows.cols();
  Sums block{weights.sum(), Vec::Zero(p), Vec::Zero(p), {}};
  if (!(block.weight > 0)) return block;
  math::ColumnSums sums{Vec::Zero(p), Vec::Zero(p)};
  for (Index i = 0; i < n; ++i)
    if (weights[i] != 0) add_row(rows.row(i).data(), weights[i], sums);
  block.set_means(sums);
  RowMat deviations(n, p);
  for (Index i = 0; i < n; ++i) {
    if (weights[i] == 0)
      deviations.row(i).setZero();
    else
      deviations.row(i) = (rows.row(i) - block.mean.transpose()) * std::sqrt(weights[i]);
  }
  math::add_gram(deviations, products, threads_);
  block.correct_centre(products);
  return block;
}

/// To twice the working precision; a constant column then deviates by exactly 0.
void Covariance::Sums::set_means(const math::ColumnSums& sums) {
  for (Index j = 0; j < mean.size(); ++j) {
    const math::DoubleDouble exact = math::two_sum(sums.high[j], sums.low[j]) / weight;
    mean[j] = exact.high;
    mean_low[j] = exact.low;
  }
}

/// The products were formed from deviations from the high part of the mean alone.
void Covariance::Sums::correct_centre(Mat& lower) const {
  const Index p = mean_low.size();
  for (Index j = 0; j < p; ++j)
    if (mean_low[j] != 0) lower.col(j).tail(p - j) -= weight * mean_low[j] * mean_low.tail(p - j);
}

void Covariance::add(Sums& sums, Sums&& block) const {
  if (!(block.weight > 0)) return;
  if (!(sums.weight > 0)) {
    if (block.products.size() == 0) block.products = std::move(sums.products);
    sums = std::move(block);
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
    auto column = sums.products.col(j).tail(columns_ - j);
    if (block.products.size() > 0) column += block.products.col(j).tail(columns_ - j);
    column += factor * gap[j] * gap.tail(columns_ - j);
  }
  sums.weight = weight;
}

void Covariance::merge(const Covariance& other) {
  if (other.count_ == 0) return;
  if (count_ == 0 && columns_ == 0) columns_ = other.columns_;
  require<DimensionError>(other.columns_ == columns_, "Covariance: merging {} with {} columns",
                          columns_, other.columns_);
  if (other.sums_.weight > 0) {
    flush();
    add(sums_, Sums(other.sums_));
  }
  gather(other.pending_.topRows(other.pending_rows_), other.pending_weights_);
  count_ += other.count_;
}

double Covariance::weight() const {
  const double pending =
      pending_weights_.size() > 0 ? pending_weights_.sum() : static_cast<double>(pending_rows_);
  return sums_.weight + pending;
}

Vec Covariance::mean() const {
  const Sums sums = total();
  return sums.weight > 0 ? sums.mean : Vec::Constant(columns_, nan);
}

Mat Covariance::matrix() const { return estimate().matrix; }

CovarianceEstimate Covariance::estimate() const& { return finish(total()); }

CovarianceEstimate Covariance::estimate() && {
  flush();
  return finish(std::move(sums_));
}

CovarianceEstimate Covariance::finish(Sums&& sums) const {
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
