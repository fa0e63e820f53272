#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/fit/curve_rows.hpp"
#include "cli/fit/fit_formula.hpp"
#include "cli/named_values.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"
#include "mathtool/opt/least_squares/parametric_model.hpp"

namespace mathtool::cli {

/// What is asked of a fit beside its formula.
struct CurveRequest {
  std::vector<NamedValue> start = {};
  std::vector<NamedRange> bounds = {};
  opt::Loss loss = opt::Loss::linear;
  double loss_scale = 1;
  double level = 0.95;  ///< of the intervals
  std::int64_t max_iterations = 1000;
  RunControl run = {};
};

/// A formula fitted to rows.
struct CurveFit {
  const FitFormula* formula = nullptr;
  const opt::ParametricModel* model = nullptr;
  CurveRequest request = {};
  opt::NonlinearFit fit = {};
  Vec start = {};
  double observations = 0;     ///< rows, by weight
  std::int64_t undefined = 0;  ///< rows left out because the left side has no value there
  std::vector<std::string> notes = {};

  const std::vector<std::string>& parameters() const { return model->parameters(); }
  /// Of the t distribution with the fit's degrees of freedom; NaN without any.
  double t_quantile() const;
  /// s √(gᵀ (JᵀJ)⁻¹ g): how uncertain the curve is where it has the slopes g by the parameters.
  double curve_error(const VecRef& slopes) const;
};

/// Starts and bounds in the order of the parameters.
/// Throws: DomainError for names that are no parameters, and where a start is missing; one of
///         `columns` that it nearly is may be what was meant.
Vec start_values(const std::vector<std::string>& parameters, const CurveRequest& request,
                 const std::vector<std::string>& columns = {});
opt::Box parameter_box(const std::vector<std::string>& parameters, const CurveRequest& request);

/// Throws: InsufficientDataError for fewer rows than parameters.
CurveFit fit_curve(const FitFormula& formula, const opt::ParametricModel& model,
                   const CurveRows& rows, const CurveRequest& request);

}  // namespace mathtool::cli
