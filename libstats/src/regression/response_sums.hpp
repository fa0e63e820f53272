#pragma once

#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"

namespace mathtool::stats {

constexpr double most_eta = 700;  // exp of it is finite

/// Throws: InsufficientDataError for a response that the family cannot have.
inline void require_response(ResponseFamily family, double y) {
  if (family == ResponseFamily::binomial)
    require<InsufficientDataError>(
        y == 0 || y == 1,
        "the response of a binomial regression is 0 or 1, but one is {}; C(y) takes any two values",
        y);
  else
    require<InsufficientDataError>(
        y >= 0, "the response of a Poisson regression is a count, but one is {}", y);
}

/// What the data allow besides the coefficients.
struct ResponseSums {
  double weight = 0, sum_y = 0, log_terms = 0, saturated = 0;
  bool fractions = false;

  void add(ResponseFamily family, double y, double w) {
    weight += w;
    sum_y += w * y;
    if (family != ResponseFamily::poisson) return;
    const double log_term = y > 0 ? y * std::log(y) : 0.0;
    fractions = fractions || (w > 0 && y != std::floor(y));
    log_terms += w * log_term;
    saturated += w * (log_term - y - std::lgamma(y + 1));
  }

  double null_deviance(ResponseFamily family, bool intercept) const {
    if (family == ResponseFamily::binomial) {
      const double share = intercept ? sum_y / weight : 0.5;
      return -2 * (sum_y * std::log(share) + (weight - sum_y) * std::log1p(-share));
    }
    if (!intercept) return 2 * (log_terms - sum_y + weight);
    return 2 * (log_terms - sum_y * std::log(sum_y / weight));
  }

  /// η of the constant model.
  double start(ResponseFamily family) const {
    const double mean = sum_y / weight;
    return family == ResponseFamily::binomial ? std::log(mean / (1 - mean)) : std::log(mean);
  }

  void require_spread(ResponseFamily family) const {
    require<InsufficientDataError>(weight > 0, "no row has a weight above 0");
    require<InsufficientDataError>(
        sum_y > 0 && (family == ResponseFamily::poisson || sum_y < weight),
        "the response is {} in every row: there is nothing to explain", sum_y > 0 ? 1 : 0);
  }
};

/// What follows from deviance, rank and sums.
inline void complete(const ResponseSums& sums, GeneralizedRegression& fit) {
  const double rank = static_cast<double>(fit.rank());
  fit.fractions = sums.fractions;
  fit.observations = sums.weight;
  fit.df_residual = sums.weight - rank;
  fit.null_deviance = sums.null_deviance(fit.family, fit.predictor.intercept);
  fit.log_likelihood = sums.saturated - fit.deviance / 2;
  fit.aic = -2 * fit.log_likelihood + 2 * rank;
  fit.bic = -2 * fit.log_likelihood + std::log(sums.weight) * rank;
  for (const Index j : fit.aliased) fit.standard_errors[j] = not_a_number;
}

}  // namespace mathtool::stats
