#include "mathtool/stats/shrinkage.hpp"

#include <algorithm>

namespace mathtool::stats {
namespace {

/// The covariance of divisor n and its target, not shrunk yet.
ShrunkCovariance unshrunk(const CovarianceEstimate& covariance, double n) {
  ShrunkCovariance result{.mean = covariance.mean, .matrix = covariance.matrix * ((n - 1) / n)};
  result.target = result.matrix.trace() / static_cast<double>(result.matrix.rows());
  return result;
}

void shrink(ShrunkCovariance& covariance, double shrinkage) {
  covariance.shrinkage = shrinkage;
  covariance.matrix *= 1 - shrinkage;
  covariance.matrix.diagonal().array() += shrinkage * covariance.target;
}

/// Σ of all squares, one after the other: the same bits on every processor.
double sum_of_squares(const Mat& A) {
  double sum = 0.0;
  for (const double x : A.reshaped()) sum += x * x;
  return sum;
}

/// ‖S − target · I‖²
double distance_from_target(const ShrunkCovariance& covariance) {
  Mat gap = covariance.matrix;
  gap.diagonal().array() -= covariance.target;
  return sum_of_squares(gap);
}

}  // namespace

ShrunkCovariance shrink_ledoit_wolf(const FourthNorm& rows) {
  const double n = rows.covariance().weight();
  ShrunkCovariance result = unshrunk(rows.covariance().estimate(), n);
  const double noise = (rows.fourths() / n - sum_of_squares(result.matrix)) / n;
  const double distance = distance_from_target(result);
  shrink(result, distance > 0 ? std::clamp(noise / distance, 0.0, 1.0) : 0.0);
  return result;
}

ShrunkCovariance shrink_oas(const CovarianceEstimate& covariance) {
  const double n = static_cast<double>(covariance.observations);
  const double p = static_cast<double>(covariance.matrix.rows());
  ShrunkCovariance result = unshrunk(covariance, n);
  const double square = sum_of_squares(result.matrix) / (p * p);
  const double target = result.target * result.target;
  const double distance = (n + 1) * (square - target / p);
  shrink(result, distance > 0 ? std::min(1.0, (square + target) / distance) : 1.0);
  return result;
}

}  // namespace mathtool::stats
