#include "mathtool/stats/accumulators/fourth_norm.hpp"

namespace mathtool::stats {
namespace {

/// Σ w y yᵀ about the mean; 0 where one row has no deviation.
Mat centred_products(const Covariance& covariance) {
  const double weight = covariance.weight();
  if (!(weight > 1)) return Mat::Zero(covariance.columns(), covariance.columns());
  return covariance.matrix() * (weight - 1);
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
    Mat deviations = Mat::Zero(rows.rows(), rows.cols());
    for (Index i = first; i < rows.rows(); ++i)
      if (counted[i] != 0) deviations.row(i) = rows.row(i) - origin.transpose();
    const Vec mean = deviations.transpose() * counted / total;
    deviations.rowwise() -= mean.transpose();
    const Vec squares = deviations.rowwise().squaredNorm();
    const Vec weighted = counted.cwiseProduct(squares);
    block.cubes_ = deviations.transpose() * weighted;
    block.fourths_ = weighted.dot(squares);
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
  const double square = shift.squaredNorm(), trace = products.trace();
  const Vec turned = products * shift;
  fourths_ +=
      4 * shift.dot(cubes_) + 4 * shift.dot(turned) + 2 * square * trace + weight * square * square;
  cubes_ += shift * (trace + weight * square) + 2 * turned;
}

}  // namespace mathtool::stats
