#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/stats/correlation.hpp"

namespace mathtool::cli {

/// Two columns, a before b in the order of the table.
struct CorrelatedPair {
  Index a = 0, b = 0;
};

struct CorrelationResult {
  std::vector<std::string> variables = {};
  std::string method = {};
  std::string adjustment = {};  ///< "holm", "bh" or empty
  stats::Correlation correlation = {};
  Vec variances = {};                          ///< of the columns; empty: ranks have sound ones
  Mat p_adjusted = {};                         ///< p × p, if there is an adjustment
  std::vector<CorrelatedPair> strongest = {};  ///< all pairs, |r| falling, undefined ones last
};

/// Puts the pairs in order and adjusts their p-values.
/// Throws: InsufficientDataError where no column varies.
CorrelationResult correlation_result(const TableInput& input, stats::Correlation correlation,
                                     Vec variances, const std::string& method,
                                     const std::string& adjustment);

/// Makes a matrix of pairwise correlations positive semidefinite, with a note, where it is not.
void repair(CorrelationResult& result, Report& report);

/// Fills screen, main table, result, figure, notes and status of a report: matrices, or a list of
/// pairs. `result` must outlive it.
void report_correlation(const CorrelationResult& result, bool pairs, Report& report);

}  // namespace mathtool::cli
