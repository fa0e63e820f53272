#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/stats/design.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "mathtool/stats/regression/linear_predictor.hpp"

namespace mathtool::stats {

/// A fitted regression with all that a prediction for new rows needs.
struct RegressionModel {
  ResponseFamily family = ResponseFamily::gaussian;
  std::string formula = {};                           ///< as ModelFrame::formula gives it
  std::vector<FormulaColumn> columns = {};            ///< that it names, in the order of the table
  std::vector<std::vector<std::string>> levels = {};  ///< of its factors
  std::vector<std::string> names = {};                ///< of the coefficients
  LinearPredictor predictor = {};  ///< without a root (r = 0) where the fit was penalised
  bool penalized = false;          ///< then nothing is known of the spread of predictions
  double observations = 0.0;
  double residual_sd = 0.0, df_residual = 0.0;  ///< NaN where there are none

  /// Throws: DataError where names, levels and formula do not belong together.
  Design design() const;
};

/// Predictions for rows. Intervals are NaN where the fit leaves no degree of freedom.
struct RegressionPrediction {
  Vec mean = {};                    ///< n, of the response
  Vec low = {}, high = {};          ///< confidence interval of the mean
  Vec new_low = {}, new_high = {};  ///< interval for a single new response; gaussian alone
};

/// Shapes: rows of `model.design()`. `confidence` in (0, 1): of the intervals.
///     xᵀb ± t σ √h  and  xᵀb ± t σ √(1 + h);  of other families by the normal quantile about η
/// Throws: DomainError for intervals of a penalised fit (ask for none: confidence 0).
RegressionPrediction predict(const RegressionModel& model, const Design& design,
                             const RowMatRef& raw, double confidence = 0);

/// JSON text: format "mathtool-regression", version "1.0"; numbers read back as the same doubles.
/// Throws: DataError for a name that is not UTF-8.
std::string to_json(const RegressionModel& model);

/// Reads what `to_json` of this or any earlier version wrote.
/// Throws: DataError, with `source` in front, for anything else.
RegressionModel regression_from_json(std::string_view text, std::string_view source = "model");

/// Whether a text is a model of this format, whatever its version.
bool is_regression_model(std::string_view text);

}  // namespace mathtool::stats
