#pragma once

#include <cstdint>
#include <vector>

#include "cli/fit/fit_formula.hpp"
#include "cli/regress/model_rows.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"

namespace mathtool::cli {

/// The rows of a fit in memory, column by column: what the model reads, the response, weights.
struct CurveRows {
  std::vector<std::vector<double>> columns = {};  ///< one for each that the model names
  std::vector<double> y = {}, weights = {};       ///< weights: empty without --weights
  std::int64_t undefined = 0;  ///< rows left out because the left side has no value there

  Index rows() const { return std::ssize(y); }
  std::vector<math::NumberColumn> views() const;
};

/// The left side of a formula, and where the right side finds its columns among those of the table.
class CurveReader {
 public:
  CurveReader(const FitFormula& formula, const FitNames& names);

  /// Rows with the columns of `names.columns`.
  /// Throws: InsufficientDataError where a number is infinite.
  CurveRows read(const TableRows& rows) const;
  /// y of rows, NaN where it has no value.
  Vec response(const RowMatRef& numbers) const;
  const std::vector<Index>& model_places() const { return places_; }

 private:
  math::BlockEvaluator response_;
  std::vector<std::string> names_;
  std::vector<Index> places_ = {};  ///< of the model's columns
};

/// All rows of a table or a group. Throws: DataError where they do not fit `memory`.
CurveRows gather_curve_rows(const CurveReader& reader, ModelRows& rows, std::int64_t memory);

}  // namespace mathtool::cli
