#pragma once

#include <cmath>

#include "mathtool/stats/regression/generalized_regression.hpp"

namespace mathtool::stats {

/// What one row of weight 1 adds to a step of the iteration at η.
struct RowScore {
  double residual;     ///< y − μ
  double information;  ///< variance of y at μ
  double deviance;
};

inline RowScore row_score(ResponseFamily family, double y, double eta) {
  if (family == ResponseFamily::binomial) {
    const double small = std::exp(-std::abs(eta)), whole = 1 + small;
    const double tail = small / whole;  // the smaller of μ and 1 − μ
    const double missing = (y > 0.5) == (eta > 0) ? tail : 1 / whole;
    const double log_missing =
        (y > 0.5) == (eta > 0) ? std::log1p(small) : std::abs(eta) + std::log1p(small);
    return {y > 0.5 ? missing : -missing, tail / whole, 2 * log_missing};
  }
  const double mean = std::exp(eta);
  const double deviance = 2 * ((y > 0 ? y * (std::log(y) - eta) : 0.0) - (y - mean));
  return {y - mean, mean, deviance};
}

/// (y − μ) / variance, which stays finite where both vanish.
inline double working_residual(ResponseFamily family, double y, double eta) {
  if (family == ResponseFamily::binomial) return y > 0.5 ? 1 + std::exp(-eta) : -1 - std::exp(eta);
  return y * std::exp(-eta) - 1;
}

}  // namespace mathtool::stats
