#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mathtool/stats/design.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "mathtool/stats/regression/linear_regression.hpp"
#include "mathtool/stats/regression/penalized_regression.hpp"
#include "mathtool/stats/regression/regression_model.hpp"
#include "mathtool/stats/regression/robust_covariance.hpp"
#include "mathtool/stats/regression/variance_inflation.hpp"

namespace mathtool::cli {

/// A fit of one of the three kinds, and what was made of it.
struct RegressionFit {
  stats::Design design;
  stats::ResponseFamily family = stats::ResponseFamily::gaussian;
  std::optional<stats::LinearRegression> linear = {};
  std::optional<stats::GeneralizedRegression> generalized = {};
  std::optional<stats::PenalizedRegression> penalized = {};
  std::vector<stats::PenalizedRegression> path = {};
  std::optional<stats::CrossValidation> validation = {};
  std::optional<stats::RobustKind> robust = {};
  Vec standard_errors = {};  ///< as asked for; empty under a penalty
  double f_statistic = 0.0;  ///< of a linear fit, by the same covariance
  std::vector<stats::VarianceInflation> vif = {};
  std::int64_t undefined = 0;  ///< rows left out because an expression has no value there
  std::vector<std::string> notes = {};
  std::string method = {};

  const Vec& coefficients() const;
  std::vector<Index> aliased() const;
  const stats::LinearPredictor* predictor() const;  ///< none under a penalty
  double observations() const;
  double residual_sd() const;  ///< NaN where the family has none
  double df_residual() const;
  Status status() const;
  std::string reason() const;
  stats::RegressionModel model(const std::vector<stats::FormulaColumn>& columns) const;
};

}  // namespace mathtool::cli
