#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/table_pass.hpp"

namespace mathtool::cli {

/// Rows in memory, for what cannot be done in one reading.
class KeptRows {
 public:
  void push(TableRows&& rows);
  void merge(KeptRows&& other);

  std::int64_t rows() const { return rows_; }
  /// Throws: InsufficientDataError, with what needs them, for fewer than two rows.
  void require_two_rows(const TableInput& input, std::string_view what) const;
  Mat matrix() const;   ///< rows × columns, NaN where missing
  Vec weights() const;  ///< one per row; empty without --weights

 private:
  std::int64_t rows_ = 0;
  std::vector<RowMat> numbers_ = {};
  std::vector<Vec> weights_ = {};
};

/// One pass over the table that keeps its rows, group by group; under MissingPolicy::pairwise with
/// their gaps. Throws: DataError where they do not fit `memory`.
GatheredGroups<KeptRows> gather_rows(TableInput& input, std::int64_t memory, const RunControl& run);

}  // namespace mathtool::cli
