#include "mathtool/stats/accumulators/fourth_norm.hpp"

namespace mathtool::stats {
namespace {

/// Σ w y yᵀ about the mean; 0 where one row has no deviation.
Mat centred_products(const Covariance& covariance) {
  const double weight = covariance.weight();
  if (!(weight > 1)) return Mat::Zero(covariance.columns(), covariance.columns());
  return covariance.matrix() * (weight - 1);
}

// Sums in the order of the entries, which no width of vectors changes: the same bits on every
// processor.

double dot(const VecRef& x, const VecRef& y) {
  double sum = 0.0;
  for (Index i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

/// Σ wᵢ xᵢ over rows xᵢ.
Vec combine_rows(const RowMat& rows, const VecRef& weights) {
  Vec sum = Vec::Zero(rows.cols());
  for (Index i = 0; i < rows.rows(); ++i) sum += weights[i] * rows.row(i).transpose();
  return sum;
}

}  // namespace

void FourthNorm::push_rows(const RowMatRef& rows, const VecRef& weights) {
  FourthNorm block;
  block.covariance_.push_block(rows, weights);
  const double total = block.covariance_.weight();
  if (total > 0) {
    const Vec counted = weights.size() > 0 ? Vec(weights) : Vec::Ones(rows.rows());
    Index first = 0;
    while (counted[first] == 0) ++first;
    const Vec origin = rows.row(first);  // any row that counts: offsets cancel
    RowMat deviations = RowMat::Zero(rows.rows(), rows.cols());
    for (Index i = first; i < rows.rows(); ++i)
      if (counted[i] != 0) deviations.row(i) = rows.row(i) - origin.transpose();
    const Vec mean = combine_rows(deviations, counted) / total;
    deviations.rowwise() -= mean.transpose();
    Vec squares(rows.rows());
    for (Index i = 0; i < rows.rows(); ++i)
      squares[i] = dot(deviations.row(i).transpose(), deviations.row(i).transpose());
    const Vec weighted = counted.cwiseProduct(squares);
    block.cubes_ = combine_rows(deviations, weighted);
    block.fourths_ = dot(weighted, squares);
    block.mean_ = block.mean_low_ = mean;
    for (Index j = 0; j < mean.size(); ++j) block.set_mean(j, math::two_sum(origin[j], mean[j]));
  }
  merge(block);
}

void FourthNorm::merge(const FourthNorm& other) {
  const double ours = covariance_.weight(), theirs = other.covariance_.weight();
  if (ours > 0 && theirs > 0) {
    const double total = ours + theirs;
    Vec gap(mean_.size());
    for (Index j = 0; j < gap.size(); ++j) gap[j] = static_cast<double>(other.mean(j) - mean(j));
    FourthNorm moved = other;
    moved.move_centre(gap * (ours / total), centred_products(other.covariance_), theirs);
    move_centre(gap * (-theirs / total), centred_products(covariance_), ours);
    cubes_ += moved.cubes_;
    fourths_ += moved.fourths_;
    for (Index j = 0; j < gap.size(); ++j)
      set_mean(j, mean(j) + math::two_product(gap[j], theirs / total));
  } else if (theirs > 0) {
    mean_ = other.mean_;
    mean_low_ = other.mean_low_;
    cubes_ = other.cubes_;
    fourths_ = other.fourths_;
  }
  covariance_.merge(other.covariance_);
}

math::DoubleDouble FourthNorm::mean(Index j) const { return {mean_[j], mean_low_[j]}; }

void FourthNorm::set_mean(Index j, const math::DoubleDouble& mean) {
  mean_[j] = mean.high;
  mean_low_[j] = mean.low;
}

/// Adds `shift` to every deviation.
void FourthNorm::move_centre(const Vec& shift, const Mat& products, double weight) {
  const double square = dot(shift, shift), trace = products.trace();
  const Vec turned = combine_rows(products, shift);  // symmetric
  fourths_ += 4 * dot(shift, cubes_) + 4 * dot(shift, turned) + 2 * square * trace +
              weight * square * square;
  cubes_ += shift * (trace + weight * square) + 2 * turned;
}

}  // namespace mathtool::stats
