#pragma once

#include <string>
#include <vector>

#include "cli/fit/curve_fit.hpp"
#include "cli/table_input.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// What a nonlinear fit says of rows, by the plane that touches the model at the estimates.
struct CurveDiagnosis {
  Vec fitted = {}, residual = {};
  Vec leverage = {};      ///< of the tangent plane
  Vec standardized = {};  ///< residual by its standard deviation
  Vec cook = {};          ///< Cook's distance
};

/// `columns` are those of the model; y is the left side of the formula.
CurveDiagnosis diagnose_curve(const CurveFit& fit, std::span<const math::NumberColumn> columns,
                              const VecRef& y);

/// Writes --diagnostics: the text columns, fitted, residual, leverage and cook of every row of the
/// table in its order, blank where a row was not used. The file is to be committed.
data::OutputFile write_curve_diagnostics(const std::string& path, TableInput& input,
                                         const CurveReader& reader, const CurveFit& fit,
                                         const RunControl& run);

}  // namespace mathtool::cli
