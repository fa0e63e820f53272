#include "cli/row_filter.hpp"

#include <algorithm>
#include <utility>

namespace mathtool::cli {
namespace {

constexpr std::string_view where = "--where";

std::vector<math::VariableType> variable_types(const data::TableSchema& schema) {
  std::vector<math::VariableType> types;
  for (const data::Column& column : schema.columns)
    types.push_back({column.name, column.type == data::ColumnType::text ? math::ValueType::text
                                                                        : math::ValueType::number});
  return types;
}

math::BlockEvaluator compile(const math::Expression& condition, const data::TableSchema& schema) {
  return {condition, variable_types(schema), math::elementary_functions(), where};
}

/// The place of a column in a list, to which it is added if need be.
Index place_in(std::vector<Index>& columns, Index column) {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found != columns.end()) return found - columns.begin();
  columns.push_back(column);
  return std::ssize(columns) - 1;
}

}  // namespace

RowFilter::RowFilter(std::string_view condition, const data::TableSchema& schema)
    : RowFilter(math::parse_expression(condition, {.source = where}), schema) {}

RowFilter::RowFilter(math::ParsedExpression&& condition, const data::TableSchema& schema)
    : evaluator_(compile(condition.expression, schema)), notes_(std::move(condition.notes)) {
  for (const Index column : evaluator_.used()) {
    const bool text =
        schema.columns[static_cast<std::size_t>(column)].type == data::ColumnType::text;
    sources_.push_back(
        {.column = column, .type = text ? math::ValueType::text : math::ValueType::number});
  }
}

void RowFilter::add_columns(data::ColumnSelection& selection) {
  for (Source& source : sources_)
    source.place = place_in(
        source.type == math::ValueType::text ? selection.texts : selection.numbers, source.column);
}

std::vector<bool> RowFilter::keep(const data::RowBlock& block) const {
  const Index rows = block.rows();
  const Index texts_per_row = rows > 0 ? block.texts.size() / rows : 0;
  std::vector<std::string_view> texts(static_cast<std::size_t>(block.texts.size()));
  for (Index i = 0; i < block.texts.size(); ++i)
    texts[static_cast<std::size_t>(i)] = block.texts[i];
  std::vector<math::ValueColumn> columns;
  for (const Source& source : sources_) {
    if (source.type == math::ValueType::text)
      columns.push_back(math::TextColumn{texts.data() + source.place, texts_per_row});
    else
      columns.push_back(
          math::NumberColumn{block.numbers.data() + source.place, block.numbers.cols()});
  }
  std::vector<double> values(static_cast<std::size_t>(rows));
  thread_local math::BlockEvaluator::Scratch scratch;
  evaluator_.evaluate(columns, values, scratch);
  std::vector<bool> kept(values.size());
  std::transform(values.begin(), values.end(), kept.begin(),
                 [](double value) { return value != 0 && value == value; });
  return kept;
}

}  // namespace mathtool::cli
