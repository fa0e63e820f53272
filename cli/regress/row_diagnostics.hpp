#pragma once

#include <cstdint>
#include <string>

#include "cli/regress/regression_fit.hpp"
#include "cli/table_input.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// What a fit says of one row.
struct RowDiagnosis {
  double fitted = 0;        ///< mean of the response
  double residual = 0;      ///< y − fitted; of other families signed roots of the deviance
  double leverage = 0;      ///< NaN under a penalty
  double standardized = 0;  ///< residual by its standard deviation
  double cook = 0;          ///< Cook's distance
};

/// Of rows of the design. Ref: Cook & Weisberg, Residuals and Influence in Regression (1982), §3.
std::vector<RowDiagnosis> diagnose_rows(const RegressionFit& fit, const stats::DesignRows& rows);

/// Writes --diagnostics: the text columns, fitted, residual, leverage and cook of every row of the
/// table in its order, blank where a row was not used. The file is to be committed.
data::OutputFile write_diagnostics(const std::string& path, TableInput& input,
                                   const RegressionFit& fit, const RunControl& run);

}  // namespace mathtool::cli
