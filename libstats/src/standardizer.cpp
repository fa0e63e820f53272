#include "mathtool/stats/standardizer.hpp"

#include <cmath>

namespace mathtool::stats {
namespace {

Standardizer standardizer_of(const Vec& mean, const Vec& sd, double observations) {
  require<InsufficientDataError>(
      observations > 1, "fit_standardizer: two observations are needed, got {}", observations);
  Standardizer result{.center = mean, .scale = sd};
  for (Index j = 0; j < mean.size(); ++j) {
    require<InsufficientDataError>(
        std::isfinite(mean[j]) && std::isfinite(sd[j]),
        "fit_standardizer: column {} has mean {} and standard deviation {}; both must be finite",
        j + 1, mean[j], sd[j]);
    if (sd[j] > 0) continue;
    result.center[j] = 0;
    result.scale[j] = 1;
    result.constant.push_back(j);
  }
  return result;
}

}  // namespace

Standardizer fit_standardizer(std::span<const Moments> columns) {
  const Index p = std::ssize(columns);
  Vec mean(p), sd(p);
  for (Index j = 0; j < p; ++j) {
    const Moments& column = columns[static_cast<std::size_t>(j)];
    require<DimensionError>(column.count() == columns[0].count(),
                            "fit_standardizer: {} and {} observations in columns 1 and {}",
                            columns[0].count(), column.count(), j + 1);
    mean[j] = column.mean();
    sd[j] = column.standard_deviation();
  }
  require<InsufficientDataError>(p > 0, "fit_standardizer: there is no column");
  return standardizer_of(mean, sd, columns[0].weight());
}

Standardizer fit_standardizer(const CovarianceEstimate& covariance) {
  return standardizer_of(covariance.mean, covariance.matrix.diagonal().cwiseSqrt(),
                         static_cast<double>(covariance.observations));
}

Standardizer fit_standardizer(const MatRef& X) {
  std::vector<Moments> columns(static_cast<std::size_t>(X.cols()));
  for (Index j = 0; j < X.cols(); ++j) {
    const Vec column = X.col(j);
    columns[static_cast<std::size_t>(j)].push(std::span(column.data(), column.data() + X.rows()));
  }
  return fit_standardizer(columns);
}

Standardizer fit_standardizer(const Eigen::Ref<const Eigen::MatrixXf>& X) {
  std::vector<Moments> columns(static_cast<std::size_t>(X.cols()));
  for (Index j = 0; j < X.cols(); ++j) {
    const Vec column = X.col(j).cast<double>();
    columns[static_cast<std::size_t>(j)].push(std::span(column.data(), column.data() + X.rows()));
  }
  return fit_standardizer(columns);
}

}  // namespace mathtool::stats
