#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/data/row_block.hpp"
#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::cli {

/// --where: which rows of a table an expression over its columns keeps. Columns of text compare
/// with text in quotes; a missing value satisfies no comparison but `!=`.
class RowFilter {
 public:
  /// Throws: DomainError for what cannot be parsed, an unknown column, with the nearest one, and
  ///         texts compared with numbers.
  RowFilter(std::string_view condition, const data::TableSchema& schema);

  /// Adds the columns that the condition reads to a selection, where they are not in it yet.
  void add_columns(data::ColumnSelection& selection);

  /// One entry per row: whether it is kept. `block` was read by the selection of `add_columns`.
  /// May run on several threads.
  std::vector<bool> keep(const data::RowBlock& block) const;

  const std::vector<std::string>& notes() const { return notes_; }

 private:
  RowFilter(math::ParsedExpression&& condition, const data::TableSchema& schema);

  struct Source {
    Index column = 0;  ///< of the table
    math::ValueType type = math::ValueType::number;
    Index place = 0;  ///< among the numbers or the texts of a row
  };

  math::BlockEvaluator evaluator_;
  std::vector<Source> sources_ = {};
  std::vector<std::string> notes_ = {};
};

}  // namespace mathtool::cli
