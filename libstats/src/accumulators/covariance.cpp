#include "mathtool/stats/accumulators/covariance.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/column_sums.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::stats {
namespace {

constexpr Index block_rows = 1024;
constexpr Index column_tile = 64;  // columns of the products that one task corrects

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
  if (weights.size() > 0 && !(weights.array() == 1).all())
    absorb_weighted(rows, weights);
  else
    absorb(rows);
}

void Covariance::push_block(RowMat&& rows, const VecRef& weights) {
  const bool may_wait = rows.cols() > narrow && weights.size() == 0 && rows.rows() < block_rows;
  if (!may_wait || pending_rows_ > 0) return push_block(RowMatRef(rows), weights);
  accept(rows, weights);
  pending_rows_ = rows.rows();
  pending_ = std::move(rows);
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
  constexpr Index size = block_rows;
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
  pending_.conservativeResize(pending_rows_, columns_);
  if (pending_weights_.size() > 0 && !(pending_weights_.array() == 1).all())
    absorb_weighted(pending_, pending_weights_);
  else
    absorb_in_place(pending_);
  pending_rows_ = 0;
  pending_weights_.resize(0);
}

Covariance::Sums Covariance::total() const {
  if (pending_rows_ == 0) return sums_;
  Covariance whole = *this;
  whole.flush();
  return std::move(whole.sums_);
}

/// Adds a block of rows to the sums, without a matrix of its own for its products.
void Covariance::absorb(const RowMatRef& rows) {
  if (rows.rows() == 0) return;
  const Sums block = means_of(rows);
  math::add_centred_gram(rows, block.mean, products(), threads_);
  add(block);
}

/// The same, leaving deviations from the mean in the place of the rows.
void Covariance::absorb_in_place(RowMat& rows) {
  const Sums block = means_of(rows);
  math::centre_rows(rows, block.mean, threads_);
  math::add_gram(rows, products(), threads_);
  add(block);
}

void Covariance::absorb_weighted(const RowMatRef& rows, const VecRef& weights) {
  const Index n = rows.rows(), p = rows.cols();
  Sums block{weights.sum(), Vec::Zero(p), Vec::Zero(p), {}};
  if (!(block.weight > 0)) return;
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
  math::add_gram(deviations, products(), threads_);
  add(block);
}

/// The sums of rows but for their products.
Covariance::Sums Covariance::means_of(const RowMatRef& rows) const {
  const Index p = rows.cols();
  Sums block{static_cast<double>(rows.rows()), Vec::Zero(p), Vec::Zero(p), {}};
  block.set_means(math::column_sums(rows, threads_));
  return block;
}

Mat& Covariance::products() {
  if (sums_.products.size() == 0) sums_.products = Mat::Zero(columns_, columns_);
  return sums_.products;
}

/// To twice the working precision; a constant column then deviates by exactly 0.
void Covariance::Sums::set_means(const math::ColumnSums& sums) {
  for (Index j = 0; j < mean.size(); ++j) {
    const math::DoubleDouble exact = math::two_sum(sums.high[j], sums.low[j]) / weight;
    mean[j] = exact.high;
    mean_low[j] = exact.low;
  }
}

/// Adds the sums of other rows; where they come without products, those are in ours already, formed
/// from deviations from the high part of their mean alone.
void Covariance::add(const Sums& block) {
  if (!(block.weight > 0)) return;
  const bool formed = block.products.size() == 0;
  Vec gap = Vec::Zero(columns_);
  double factor = 0.0;
  if (!(sums_.weight > 0)) {
    sums_.mean = block.mean;
    sums_.mean_low = block.mean_low;
    sums_.weight = block.weight;
  } else {
    const double weight = sums_.weight + block.weight, share = block.weight / weight;
    factor = sums_.weight * share;
    for (Index j = 0; j < columns_; ++j) {
      const math::DoubleDouble mean{sums_.mean[j], sums_.mean_low[j]};
      const math::DoubleDouble other{block.mean[j], block.mean_low[j]};
      gap[j] = static_cast<double>(other - mean);
      const math::DoubleDouble merged = mean + math::two_product(gap[j], share);
      sums_.mean[j] = merged.high;
      sums_.mean_low[j] = merged.low;
    }
    sums_.weight = weight;
  }
  Mat& total = products();
  math::parallel_for((columns_ + column_tile - 1) / column_tile,
                     [&](Index task) {
                       const Index first = task * column_tile;
                       for (Index j = first; j < std::min(columns_, first + column_tile); ++j) {
                         const Index rest = columns_ - j;
                         auto column = total.col(j).tail(rest);
                         if (formed && block.mean_low[j] != 0)
                           column -= block.weight * block.mean_low[j] * block.mean_low.tail(rest);
                         if (!formed) column += block.products.col(j).tail(rest);
                         if (factor > 0) column += factor * gap[j] * gap.tail(rest);
                       }
                     },
                     columns_ > narrow ? threads_ : 1);
}

void Covariance::merge(const Covariance& other) {
  if (other.count_ == 0) return;
  if (count_ == 0 && columns_ == 0) columns_ = other.columns_;
  require<DimensionError>(other.columns_ == columns_, "Covariance: merging {} with {} columns",
                          columns_, other.columns_);
  if (other.sums_.weight > 0) {
    flush();
    add(other.sums_);
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
  return sums.weight > 0 ? sums.mean : Vec::Constant(columns_, not_a_number);
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
  estimate.mean = sums.weight > 0 ? sums.mean : Vec::Constant(columns_, not_a_number);
  if (!(sums.weight > 1)) {
    estimate.matrix = Mat::Constant(columns_, columns_, not_a_number);
    return estimate;
  }
  estimate.matrix = std::move(sums.products);
  math::mirror_lower(estimate.matrix, sums.weight - 1, threads_);
  return estimate;
}

}  // namespace mathtool::stats
