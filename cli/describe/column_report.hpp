#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/describe/table_summary.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

struct QuantileChoice {
  std::vector<double> shares = {};  ///< besides the quartiles, each in [0, 1]
  int type = 7;                     ///< of Hyndman & Fan
};

/// What `describe` says of one column; NaN where something is undefined or not known.
struct ColumnDescription {
  std::string name = {};
  bool numeric = true;
  double count = 0.0, missing = 0.0;  ///< cells with and without a value, by their weights
  double mean, sd, se, min, q25, median, q75, max, skewness, kurtosis, mad;
  std::vector<double> quantiles = {};  ///< at the shares asked for
  bool approximate = false;            ///< quantiles are estimates
  double rank_error = 0.0;             ///< then the largest error of their ranks, as a share
  bool fractional_weights = false;     ///< then there are no quantiles
  bool out_of_range = false;           ///< powers of the deviations are, and what needs them is NaN
  double distinct = 0.0;               ///< different values, of text columns
  bool distinct_approximate = false;
};

/// One description per column, in the order in which -c picks them. Columns are shared out to up to
/// `threads` threads.
std::vector<ColumnDescription> describe_columns(const TableInput& input,
                                                const TableSummary& summary,
                                                const QuantileChoice& quantiles, int threads);

/// Fills screen, main table, result and notes of a report. `columns` must outlive it.
void report_columns(const std::vector<ColumnDescription>& columns, const QuantileChoice& quantiles,
                    Report& report);

}  // namespace mathtool::cli
