#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/regress/model_rows.hpp"
#include "cli/regress/penalty_option.hpp"
#include "mathtool/stats/design.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "mathtool/stats/regression/linear_regression.hpp"
#include "mathtool/stats/regression/penalized_regression.hpp"
#include "mathtool/stats/regression/regression_model.hpp"
#include "mathtool/stats/regression/robust_covariance.hpp"
#include "mathtool/stats/regression/variance_inflation.hpp"

namespace mathtool::cli {

/// What is asked of a fit.
struct RegressionRequest {
  stats::ResponseFamily family = stats::ResponseFamily::gaussian;
  PenaltyOption penalty = {};
  std::optional<stats::RobustKind> robust = {};
  bool vif = false;
  bool path = false;  ///< the path of a penalty is wanted, whether it is sought by cv or not
  std::uint64_t seed = 0;
  std::int64_t memory = 0;  ///< bytes
  StopToken stop = {};
};

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

/// Levels first, where there are factors; then the fit, by QR in doubled precision while the rows
/// are few, by sums over them otherwise.
/// Throws: InsufficientDataError where the rows cannot support it; DomainError for a response that
///         the family cannot have; DataError beyond the memory.
RegressionFit fit_regression(const stats::ModelFrame& frame, ModelRows& rows,
                             const RegressionRequest& request);

/// Rows of a pass as the design has them.
struct ModelBlock {
  stats::DesignRows rows = {};
  Vec weights = {};
  Index undefined = 0;
};
ModelBlock evaluate_rows(const stats::Design& design, const TableRows& rows);

}  // namespace mathtool::cli
