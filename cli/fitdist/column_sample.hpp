#pragma once

#include <cstdint>
#include <vector>

#include "cli/table_pass.hpp"

namespace mathtool::cli {

/// All values of one column, with their weights if there are any.
struct ColumnSample {
  std::vector<double> values = {}, weights = {};

  void merge(ColumnSample&& other);
};

/// Gathers the one numeric column of `input` for each group.
/// Throws: DataError where the values need more than `memory` bytes; InsufficientDataError for an
///         infinite one.
GatheredGroups<ColumnSample> gather_column(TableInput& input, std::int64_t memory,
                                           const RunControl& run);

}  // namespace mathtool::cli
