#include "mathtool/stats/correlation.hpp"

#include <algorithm>
#include <cmath>

#include "correlation_table.hpp"
#include "mathtool/math/constants.hpp"
#include "p_values.hpp"

namespace mathtool::stats {
namespace {

/// √(a b), exact for equal ones; in two steps where the product leaves the range of doubles.
double geometric_mean(double a, double b) {
  const double product = a * b;
  return std::isnormal(product) ? std::sqrt(product) : std::sqrt(a) * std::sqrt(b);
}

/// 0 / 0 where a column is constant, hence NaN.
PairCorrelation pearson(double covariance, double variance_x, double variance_y, double n) {
  const double r = std::clamp(covariance / geometric_mean(variance_x, variance_y), -1.0, 1.0);
  return {.r = r,
          .n = n,
          .p_value = n > 2 && !std::isnan(r) ? correlation_p_value(r, n) : not_a_number,
          .standard_error = standard_error(n, 3)};
}

}  // namespace

Correlation pearson_correlation(const CovarianceEstimate& covariance,
                                const CorrelationOptions& options) {
  const Mat& matrix = covariance.matrix;
  const auto n = static_cast<double>(covariance.observations);
  CorrelationTable table(matrix.cols(), options.level);
  for (Index j = 0; j < matrix.cols(); ++j) {
    table.set_diagonal(j, matrix(j, j) > 0, n);
    for (Index i = 0; i < j; ++i)
      table.set(i, j, pearson(matrix(i, j), matrix(i, i), matrix(j, j), n));
  }
  return table.take();
}

Correlation pearson_correlation(const PairwiseCovariance& covariance,
                                const CorrelationOptions& options) {
  const Mat matrix = covariance.pairwise().matrix, variances = covariance.pair_variances();
  const Mat& n = covariance.pair_counts();
  CorrelationTable table(matrix.cols(), options.level);
  for (Index j = 0; j < matrix.cols(); ++j) {
    table.set_diagonal(j, matrix(j, j) > 0, n(j, j));
    for (Index i = 0; i < j; ++i)
      table.set(i, j, pearson(matrix(i, j), variances(i, j), variances(j, i), n(i, j)));
  }
  return table.take();
}

}  // namespace mathtool::stats
