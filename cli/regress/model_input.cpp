#include "cli/regress/model_input.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {

std::vector<stats::FormulaColumn> formula_columns(const TableInput& input) {
  std::vector<stats::FormulaColumn> columns;
  const data::TableSchema& schema = input.reader.schema();
  for (Index j = 0; j < std::ssize(schema.columns); ++j) {
    const data::Column& column = schema.columns[static_cast<std::size_t>(j)];
    columns.push_back(
        {.name = column.name,
         .text = column.type == data::ColumnType::text,
         .offered = std::find(input.picked.begin(), input.picked.end(), j) != input.picked.end()});
  }
  return columns;
}

void use_columns_of(const stats::ModelFrame& frame, TableInput& input) {
  use_columns(frame.numbers(), frame.texts(), input);
}

void use_columns(const std::vector<Index>& numbers, const std::vector<Index>& texts,
                 TableInput& input) {
  const auto refuse_if = [&](const std::vector<Index>& used, Index column, const char* option) {
    require(std::find(used.begin(), used.end(), column) == used.end(),
            "column '{}' is taken by {}; it cannot stand in the formula as well",
            input.column_name(column), option);
  };
  if (input.weights) refuse_if(numbers, *input.weights, "--weights");
  for (const Index group : input.groups) refuse_if(texts, group, "--group");
  input.numeric = numbers;
  input.carried = texts;
  input.picked_texts.clear();
  const data::TableSchema& schema = input.reader.schema();
  // Of row numbers only those matter that the formula names.
  input.notes = schema.notes;
  if (input.filter)
    input.notes.insert(input.notes.end(), input.filter->notes().begin(),
                       input.filter->notes().end());
  for (const Index j : input.numeric)
    if (schema.columns[static_cast<std::size_t>(j)].counts_rows)
      input.notes.push_back(
          fmt::format("'{}' counts 1, 2, 3, ...: probably a row number", input.column_name(j)));
}

std::vector<stats::FormulaColumn> named_columns(const stats::ModelFrame& frame,
                                                const std::vector<stats::FormulaColumn>& all) {
  std::vector<stats::FormulaColumn> columns;
  for (Index j = 0; j < std::ssize(all); ++j)
    for (const auto* places : {&frame.numbers(), &frame.texts()})
      if (std::find(places->begin(), places->end(), j) != places->end())
        columns.push_back(all[static_cast<std::size_t>(j)]);
  return columns;
}

std::vector<std::string_view> cells_of(const data::TextCells& texts, const std::vector<Index>& rows,
                                       Index per_row, const std::vector<Index>& places) {
  std::vector<std::string_view> cells;
  cells.reserve(rows.size() * places.size());
  for (const Index row : rows)
    for (const Index place : places) cells.push_back(texts[row * per_row + place]);
  return cells;
}

}  // namespace mathtool::cli
