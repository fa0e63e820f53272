#pragma once

#include "cell_reader.hpp"
#include "mathtool/data/table_schema.hpp"
#include "table_sample.hpp"

namespace mathtool::data {

/// Learns names and types from the first rows. Ragged rows have no say; reading reports them.
/// Throws: DataError when the first row holds a NUL byte or never closes a quote, and for such and
///         other broken rows when they leave no numeric column.
TableSchema sample_schema(const TableSample& sample, const ReadOptions& options,
                          const std::string& name);

}  // namespace mathtool::data
