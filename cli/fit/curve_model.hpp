#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/fit/curve_fit.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/table_input.hpp"

namespace mathtool::cli {

/// A nonlinear fit with all that a prediction for new rows needs.
struct CurveModel {
  std::string formula = {};
  std::vector<std::string> columns = {};  ///< that the right side names
  std::vector<std::string> parameters = {};
  Vec estimates = {};
  Mat covariance = {};  ///< 0 in rows and columns of parameters at a bound
  double residual_sd = 0, df_residual = 0, observations = 0;
};

CurveModel curve_model(const CurveFit& fit);

/// JSON text: format "mathtool-fit", version "1.0"; numbers read back as the same doubles.
std::string to_json(const CurveModel& model);

/// Reads what `to_json` of this or any earlier version wrote.
/// Throws: DataError, with `source` in front, for anything else.
CurveModel curve_from_json(std::string_view text, std::string_view source);

/// Whether a text is a model of this format, whatever its version.
bool is_curve_model(std::string_view text);

/// Predictions by a saved fit, its columns matched by name.
class CurvePredictor {
 public:
  /// Makes the model's columns those that a pass of `input` reads. `confidence` 0: no intervals.
  /// Throws: DomainError where the table lacks a column of the model.
  CurvePredictor(const CurveModel& model, double confidence, const std::string& model_path,
                 TableInput& input);

  std::vector<std::string> names() const;  ///< fitted, ci_low, ...
  /// NaN where a row lacks a value. Intervals by the delta method.
  ///     f(x, b) ± t √(gᵀ C g)  and  f(x, b) ± t √(s² + gᵀ C g),  g = ∂f/∂b
  ScoredRows predict(AllRows&& rows) const;

 private:
  const CurveModel& model_;
  const TableInput& input_;
  double factor_ = 0;  ///< t quantile; 0: no intervals
  std::unique_ptr<opt::ParametricModel> curve_;
};

}  // namespace mathtool::cli
