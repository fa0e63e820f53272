#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

/// T² and Q of every row of the table, NaN where a row was not scored, and the value that 5 % of
/// such rows exceed by chance, NaN where that is not known.
struct RowDiagnostics {
  double confidence = 0.95;
  double t_squared_limit = 0.0;
  double q_limit = 0.0;
  std::vector<double> t_squared = {};
  std::vector<double> q = {};
};

/// Fills screen, main table and result of a report from a fit; `pca` and `diagnostics`, null if not
/// asked for, must outlive it. `report.seed` is there already if randomness was used. Percentages
/// are rounded to two places unless `digits` were asked for.
void report_pca(const stats::Pca& pca, const RowDiagnostics* diagnostics, bool standardized,
                std::optional<int> digits, Report& report);

/// The loadings as a table of text: variable, PC1 ... PCk, one line per variable.
std::string loadings_csv(const stats::Pca& pca);

}  // namespace mathtool::cli
