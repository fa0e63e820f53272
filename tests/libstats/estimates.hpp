#pragma once

#include <string>
#include <vector>

#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/correlation.hpp"
#include "mathtool/stats/distribution_fit.hpp"

namespace mathtool::test {

/// Estimates of a whole sample or table in one call.

inline stats::Moments moments(const std::vector<double>& x) {
  stats::Moments result;
  result.push(x);
  return result;
}

inline stats::Correlation pearson_of(const Mat& X) {
  stats::Covariance covariance;
  covariance.push_rows(X);
  return stats::pearson_correlation(covariance.estimate());
}

inline stats::DistributionFit fit(const std::string& family, const std::vector<double>& x,
                                  const stats::FitOptions& options = {}) {
  return stats::fit_distribution(stats::find_distribution_family(family), x, options);
}

}  // namespace mathtool::test
