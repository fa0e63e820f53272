#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cli/table_pass.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/accumulators/distinct_count.hpp"
#include "mathtool/stats/accumulators/extrema.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"

namespace mathtool::cli {

/// What is gathered of the values of one numeric column.
struct NumberSummary {
  stats::Moments moments = {};
  stats::Extrema extrema = {};
  stats::Quantiles quantiles = {};
  double missing = 0.0;  ///< weight of the rows without a value
  bool whole_numbers = true;
  bool whole_weights = true;  ///< without it there are no quantiles

  void merge(const NumberSummary& other);
};

/// What is gathered of the cells of one text column.
struct TextSummary {
  double count = 0.0, missing = 0.0;  ///< weights
  stats::DistinctCount distinct = {};

  void merge(const TextSummary& other);
};

/// A summary of every column by itself, in one reading. Itself what accumulators are: a value with
/// `push` and `merge`.
class TableSummary {
 public:
  TableSummary() = default;
  /// `kept_values` ≥ 64 of each numeric column stay in memory; with more, quantiles are estimated.
  /// `threads` share the columns of a merge; 0: all.
  TableSummary(Index numbers, Index texts, std::int64_t kept_values, int threads);

  /// `is_missing` says which text cells hold no value.
  void push(const TableRows& rows, FunctionRef<bool(std::string_view)> is_missing);
  void merge(const TableSummary& other);

  const std::vector<NumberSummary>& numbers() const { return numbers_; }
  const std::vector<TextSummary>& texts() const { return texts_; }
  double weight() const;             ///< of all rows. Pre: there is a numeric column
  std::int64_t kept_values() const;  ///< of all columns

  /// Keeps no more than so many values of each column from now on.
  void limit(std::int64_t kept_values);

 private:
  std::vector<NumberSummary> numbers_ = {};
  std::vector<TextSummary> texts_ = {};
  int threads_ = 1;
};

/// Gathers a summary per group in one pass; the values kept of all of them take at most `memory`
/// bytes. `texts`: the carried columns too.
GatheredGroups<TableSummary> summarize_groups(TableInput& input, bool texts, std::int64_t memory,
                                              const RunControl& run);

}  // namespace mathtool::cli
