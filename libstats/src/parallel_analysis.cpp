#include "mathtool/stats/parallel_analysis.hpp"

#include <algorithm>
#include <cmath>

#include "distribution_quantiles.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::stats {
namespace {

double normal(math::Philox& random) { return normal_quantile(math::uniform(random)); }

/// A draw of the scatter matrix of n rows of p ≤ n − 1 independent standard normals, by Bartlett's
/// triangle.
Mat wishart(std::int64_t n, Index p, math::Philox& random) {
  Mat triangle = Mat::Zero(p, p);
  for (Index i = 0; i < p; ++i) {
    const double df = static_cast<double>(n - 1 - i);
    triangle(i, i) = std::sqrt(chi_squared_quantile(df, math::uniform(random)));
    for (Index j = 0; j < i; ++j) triangle(i, j) = normal(random);
  }
  return math::multiply_by_transposed(triangle, triangle);
}

/// Eigenvalues of the covariance or correlation matrix of one simulated table.
Vec simulate(std::int64_t n, const VecRef& sd, bool standardize, math::Philox& random) {
  const Index p = sd.size();
  const double divisor = static_cast<double>(n - 1);
  if (n > p) {
    Mat C = wishart(n, p, random) / divisor;
    const Vec scale = standardize ? Vec(C.diagonal().cwiseSqrt().cwiseInverse()) : Vec(sd);
    C = scale.asDiagonal() * C * scale.asDiagonal();
    return math::symmetric_eigen(C, {.vectors = false}).values;
  }
  Mat table(static_cast<Index>(n), p);
  for (Index j = 0; j < p; ++j) {
    for (Index i = 0; i < table.rows(); ++i) table(i, j) = normal(random);
    table.col(j).array() -= table.col(j).mean();
    table.col(j) *= standardize ? std::sqrt(divisor) / table.col(j).norm() : sd[j];
  }
  const Mat gram = math::multiply_by_transposed(table, table) / divisor;
  return math::symmetric_eigen(gram, {.vectors = false}).values.head(table.rows() - 1);
}

}  // namespace

Vec parallel_analysis(std::int64_t n, const VecRef& sd, const ParallelAnalysisOptions& options) {
  const Index p = sd.size();
  require<DimensionError>(
      n >= 2 && p >= 1, "parallel_analysis: need at least 2 rows and 1 column, got {} x {}", n, p);
  require(options.tables >= 1, "parallel_analysis: tables must be >= 1, got {}", options.tables);
  require(0 < options.percentile && options.percentile < 1,
          "parallel_analysis: percentile must be in (0, 1), got {}", options.percentile);

  const Index ranks = static_cast<Index>(std::min<std::int64_t>(n - 1, p));
  Mat eigenvalues(ranks, options.tables);
  math::parallel_for(
      options.tables,
      [&](Index table) {
        math::Philox random(options.seed, static_cast<std::uint64_t>(table));
        eigenvalues.col(table) = simulate(n, sd, options.standardize, random);
      },
      options.threads);

  // The percentile as R's type 7: linear between order statistics.
  const double position = options.percentile * static_cast<double>(options.tables - 1);
  const Index below = static_cast<Index>(position);
  const Index above = std::min<Index>(below + 1, options.tables - 1);
  Vec thresholds(ranks);
  for (Index k = 0; k < ranks; ++k) {
    Vec sorted = eigenvalues.row(k).transpose();
    std::sort(sorted.begin(), sorted.end());
    thresholds[k] = std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
  }
  return thresholds;
}

}  // namespace mathtool::stats
