#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/table_pass.hpp"

namespace mathtool::cli {

/// One row of a table, kept for a picture.
struct SampledRow {
  double number = 0;  ///< among the used rows, from 1
  std::vector<double> values = {};
  std::vector<std::string> levels = {};  ///< of the group columns
};

/// Evenly spaced rows of a stream of any length: all of them up to the capacity, then every second,
/// every fourth and so on, so that at least half the capacity is kept. No chance is involved.
class RowSample {
 public:
  explicit RowSample(std::size_t capacity) : capacity_(capacity) {}

  void push(const TableRows& rows, Index group_columns);

  const std::vector<SampledRow>& rows() const { return rows_; }
  std::int64_t step() const { return step_; }

  /// "every 4th of 40000 rows is drawn"; empty when all are.
  std::string note() const;

 private:
  std::size_t capacity_;
  std::int64_t step_ = 1;
  std::int64_t seen_ = 0;
  std::vector<SampledRow> rows_ = {};
};

/// A sample, and what the pass over the table counted.
struct SampledTable {
  RowSample sample;
  data::RowCount count = {};
};

/// Reads a table as far as -c, --where, --missing and -g say.
SampledTable sample_rows(TableInput& input, std::size_t capacity, const RunControl& run);

}  // namespace mathtool::cli
