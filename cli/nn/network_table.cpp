#include "cli/nn/network_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "cli/input_report.hpp"
#include "cli/kept_memory.hpp"
#include "cli/nn/network_columns.hpp"
#include "cli/progress_bar.hpp"
#include "cli/regress/model_input.hpp"
#include "cli/regress/model_rows.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// A row is kept as doubles and, in parts, as floats.
constexpr double copies_of_rows = 2;

/// Fewer cells that are all different may be so by chance.
constexpr Index fewest_identifiers = 20;

bool is_text(const TableInput& input, Index column) {
  return input.reader.schema().columns[static_cast<std::size_t>(column)].type ==
         data::ColumnType::text;
}

void require_finite(const TableInput& input, const TableRows& rows) {
  if (!rows.numbers.array().isInf().any()) return;
  for (Index j = 0; j < rows.numbers.cols(); ++j)
    require<InsufficientDataError>(
        !rows.numbers.col(j).array().isInf().any(),
        "{}: column '{}' holds an infinite value; --where leaves rows out", input.reader.name(),
        input.column_name(input.numeric[static_cast<std::size_t>(j)]));
}

/// All complete rows of these columns.
nn::TableData read_rows(TableInput& input, const TableOptions& options, const GlobalOptions& global,
                        Report& report) {
  nn::TableData data{.source = input.reader.name(),
                     .number_names = input.numeric_names(),
                     .text_names = input.carried_names()};
  ModelRows rows(input, 0, run_control(global, "reading"));
  rows.pass(
      [&](const TableRows& block) {
        require_finite(input, block);
        return block;
      },
      [&](TableRows&& block) {
        data.append(block.numbers, block.texts, block.lines);
        require_memory(copies_of_rows * static_cast<double>(data.numbers.size()) +
                           static_cast<double>(data.texts.memory()) / 8,
                       global.memory, "keeping the rows to train on",
                       "allow more with --memory, or take fewer rows with --where");
      });
  report_input(input, options, rows.count(), report, rows.missing_texts());
  require<InsufficientDataError>(data.rows() > 0, "{}: no complete row is left",
                                 input.reader.name());
  return data;
}

/// What tells every row from every other, or has hundreds of levels, is no feature.
bool is_identifier(const nn::TableData& data, Index text) {
  const Index columns = std::ssize(data.text_names), rows = data.rows();
  const Index most = nn::TableEncodingOptions().most_levels;
  std::set<std::string_view> levels;
  for (Index i = 0; i < rows && std::ssize(levels) <= most; ++i)
    levels.insert(data.texts[i * columns + text]);
  return std::ssize(levels) > most || (std::ssize(levels) == rows && rows >= fewest_identifiers);
}

/// The same rows without some text columns.
nn::TableData without_texts(const nn::TableData& data, const std::vector<Index>& left_out) {
  const auto stays = [&](Index text) { return std::ranges::count(left_out, text) == 0; };
  nn::TableData rest{.source = data.source, .number_names = data.number_names};
  rest.numbers = data.numbers;
  const Index columns = std::ssize(data.text_names);
  for (Index text = 0; text < columns; ++text)
    if (stays(text)) rest.text_names.push_back(data.text_names[static_cast<std::size_t>(text)]);
  for (Index i = 0; i < data.rows(); ++i)
    for (Index text = 0; text < columns; ++text)
      if (stays(text)) rest.texts.push_back(data.texts[i * columns + text]);
  rest.lines = data.lines;
  return rest;
}

nn::TableData leave_identifiers_out(nn::TableData&& data, const std::string& target,
                                    Report& report) {
  std::vector<Index> left_out;
  for (Index text = 0; text < std::ssize(data.text_names); ++text) {
    const std::string& name = data.text_names[static_cast<std::size_t>(text)];
    if (name == target || !is_identifier(data, text)) continue;
    left_out.push_back(text);
    if (report.input) report.input->skipped.emplace_back(name, "texts that rather name rows");
    report.notes.push_back(fmt::format(
        "'{0}' is left out: its texts rather name rows than group them; -c picks it all the same",
        name));
  }
  return left_out.empty() ? std::move(data) : without_texts(data, left_out);
}

}  // namespace

NetworkTable read_training_table(const TableOptions& options, const std::string& target,
                                 const GlobalOptions& global, Report& report) {
  TableInput input = open_table(options, global, false);
  const std::vector<Index> named =
      data::pick_columns(input.reader.schema().names(), target).columns;
  require(named.size() == 1, "--target names {} columns; it takes one", named.size());
  std::vector<Index> numbers, texts;
  for (const Index column : input.picked)
    if (column != named[0]) (is_text(input, column) ? texts : numbers).push_back(column);
  require<InsufficientDataError>(!numbers.empty() || !texts.empty(),
                                 "{} has no column to predict '{}' from", input.reader.name(),
                                 input.column_name(named[0]));
  (is_text(input, named[0]) ? texts : numbers).push_back(named[0]);
  use_columns(numbers, texts, input);
  NetworkTable table{.target = input.column_name(named[0])};
  table.data = read_rows(input, options, global, report);
  if (options.columns.empty())
    table.data = leave_identifiers_out(std::move(table.data), table.target, report);
  return table;
}

NetworkTable read_named_columns(const TableOptions& options, const std::vector<std::string>& names,
                                const std::string& model, const GlobalOptions& global,
                                Report& report) {
  TableInput input = open_table(options, global, false);
  const NamedColumns columns = find_columns(input, names, model);
  use_columns(columns.numbers, columns.texts, input);
  return {.data = read_rows(input, options, global, report)};
}

}  // namespace mathtool::cli
