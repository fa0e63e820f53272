#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/pca/scored_rows.hpp"
#include "cli/table_input.hpp"
#include "mathtool/stats/regression/regression_model.hpp"

namespace mathtool::cli {

/// Which rows of a block hold all that a design reads, among those that --where keeps.
class UsableRows {
 public:
  /// `texts` are the columns that the design reads as texts; they are among the carried ones.
  UsableRows(const TableInput& input, const std::vector<Index>& texts);

  std::vector<Index> find(const AllRows& rows) const;
  /// Missing cells of every column that the design reads, every row as used.
  data::RowCount count(const AllRows& rows) const;
  /// Their cells of those columns, row after row.
  std::vector<std::string_view> cells(const AllRows& rows, const std::vector<Index>& used) const;

 private:
  const TableInput& input_;
  std::vector<Index> places_ = {};  ///< of the columns among the carried ones
};

/// Predictions by a saved regression, its columns matched by name.
class RowPredictor {
 public:
  /// Makes the model's columns those that a pass of `input` reads. `confidence` 0: no intervals.
  /// Throws: DomainError where the table lacks a column of the model; what `predict` throws.
  RowPredictor(const stats::RegressionModel& model, double confidence,
               const std::string& model_path, TableInput& input);

  std::vector<std::string> names() const;  ///< fitted, ci_low, ...
  /// NaN where a row lacks a value or has a level that the fit has not seen.
  ScoredRows predict(AllRows&& rows) const;

 private:
  const stats::RegressionModel& model_;
  double confidence_;
  const TableInput& input_;
  stats::Design design_;
  UsableRows usable_;
};

}  // namespace mathtool::cli
