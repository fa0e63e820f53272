#pragma once

#include <cstdint>
#include <string>

#include "cli/input_report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/stats/accumulators/contingency.hpp"

namespace mathtool::cli {

/// What a row of a table of levels weighs.
enum class MassKind {
  row,         ///< 1: a row is an observation
  count,       ///< what stands in a column: a row is a cell, or several observations
  probability  ///< the same of probabilities
};

/// How often each combination of levels occurs in a table, or how probable it is.
struct CountedLevels {
  stats::Contingency cells = {};
  MassKind kind = MassKind::row;
  data::RowCount count = {};
  MissingTexts missing_texts = {};
};

/// Reads a table whose picked columns are discrete variables, numbers by their shortest decimals.
/// Rows weigh what --weights says, else the column `count` or `probability`, else 1. In the end
/// `input` has the variables as its picked columns.
///
/// Throws: DataError for a negative count, where a value is missing under --missing error, and for
///         more combinations than `memory` holds; DomainError without a variable or with more than
///         20, and where both columns are there; InsufficientDataError where no row is left.
CountedLevels count_levels(const TableOptions& options, std::int64_t memory, const RunControl& run,
                           TableInput& input);

}  // namespace mathtool::cli
