#include "cli/table_input.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "cli/terminal.hpp"
#include "cli/utf8.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using Named = std::pair<std::string, std::string>;  // a column and what is to be said of it

constexpr std::size_t most_named = 5;  // columns in one note

data::ReadOptions read_options(const TableOptions& options) {
  require(!(options.header && options.no_header),
          "--header and --no-header exclude each other; give one of them");
  require(options.decimal == "." || options.delimiter != ',',
          "the comma cannot be both --decimal and --delimiter");
  data::ReadOptions result;
  result.delimiter = options.delimiter;
  if (options.header) result.header = true;
  if (options.no_header) result.header = false;
  result.decimal = options.decimal[0];
  if (options.bad_rows == "skip") result.bad_rows = data::BadRows::skip;
  for (std::string_view rest : options.missing_tokens) {
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      result.missing.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return result;
}

data::MissingPolicy missing_policy(const std::string& word) {
  if (word == "error") return data::MissingPolicy::error;
  if (word == "mean") return data::MissingPolicy::mean;
  if (word == "pairwise") return data::MissingPolicy::pairwise;
  return data::MissingPolicy::drop;
}

std::string why_skipped(const data::Column& column, const data::TableSchema& schema) {
  if (column.sample_present == 0) return fmt::format("no values in {} rows", schema.sample_rows);
  return fmt::format("text ({} of {} cells are numbers; line {} has \"{}\")", column.sample_numbers,
                     column.sample_present, column.first_text_line, column.first_text);
}

/// "skipped 'species': text (...)", or all of several in one note.
std::string skip_note(const std::vector<Named>& skipped) {
  if (skipped.size() == 1)
    return fmt::format("skipped '{}': {}", skipped[0].first, skipped[0].second);
  std::string note = fmt::format("skipped {} columns", skipped.size());
  for (std::size_t i = 0; i < std::min(skipped.size(), most_named); ++i)
    note += fmt::format("{} '{}': {}", i == 0 ? ":" : ";", skipped[i].first, skipped[i].second);
  if (skipped.size() > most_named)
    note += fmt::format("; and {} more", skipped.size() - most_named);
  return note;
}

std::string delimiter_name(char delimiter) {
  if (delimiter == '\t') return "tab";
  if (delimiter == ' ') return "blanks";
  return fmt::format("'{}'", delimiter);
}

std::vector<std::string> names_of(const data::TableSchema& schema,
                                  const std::vector<Index>& columns) {
  std::vector<std::string> names;
  for (const Index j : columns) names.push_back(schema.columns[static_cast<std::size_t>(j)].name);
  return names;
}

void require_numbers(const TableInput& input) {
  const data::TableSchema& schema = input.reader.schema();
  const std::string& file = input.reader.name();
  require<InsufficientDataError>(schema.sample_rows > 0, "{} has no rows{}", file,
                                 schema.has_header ? " below its header" : "");
  if (!input.numeric.empty()) return;
  const auto why = input.skipped.empty()
                       ? std::string("none was picked by --columns")
                       : fmt::format("'{}' is {}", input.skipped[0].first, input.skipped[0].second);
  throw InsufficientDataError(fmt::format("{} has no numeric column to use: {}", file, why));
}

}  // namespace

void TableOptions::declare(Options& options) {
  options.operand("FILE", path, false, "CSV, TSV or other text; - or nothing is standard input");
  options.heading("Table");
  options.value("-c,--columns", "LIST", columns,
                "columns by name, number, range or glob; ! excludes: 'a,3,5-9,temp*,!id'");
  options.value("-d,--delimiter", "CHAR", delimiter,
                "between fields, or tab or space; found by itself if not given");
  options.flag("--header", header, "the first row holds names");
  options.flag("--no-header", no_header, "it does not; columns are x1, x2, ...");
  options.choice("--decimal", {".", ","}, decimal, "decimal point or comma");
  options.list("--na", "TOKENS", missing_tokens, "more words that mean no value, by commas");
  options.choice("--missing", {"drop", "error", "mean", "pairwise"}, missing,
                 "what becomes of rows with missing values");
  options.choice("--bad-rows", {"error", "skip"}, bad_rows,
                 "what becomes of rows with too few or too many fields");
}

std::vector<std::string> TableInput::numeric_names() const {
  return names_of(reader.schema(), numeric);
}

std::vector<std::string> TableInput::carried_names() const {
  return names_of(reader.schema(), carried);
}

TableInput open_table(const TableOptions& options, const GlobalOptions& global) {
  const data::ReadOptions how = read_options(options);
  require(options.path != "-" || !is_terminal(STDIN_FILENO),
          "no FILE is named and nothing is piped in; name a table");
  TableInput input{
      .reader = data::TableReader(data::Input::open(options.path, {.memory = global.memory}), how),
      .missing = missing_policy(options.missing)};
  const data::TableSchema& schema = input.reader.schema();
  const auto column = [&](Index j) -> const data::Column& {
    return schema.columns[static_cast<std::size_t>(j)];
  };
  const auto picked = data::pick_columns(schema.names(), options.columns);
  for (const Index j : picked.columns) {
    if (column(j).type == data::ColumnType::numeric)
      input.numeric.push_back(j);
    else
      input.skipped.emplace_back(column(j).name, why_skipped(column(j), schema));
  }
  for (const Index j : schema.columns_of(data::ColumnType::text))
    if (std::find(picked.excluded.begin(), picked.excluded.end(), j) == picked.excluded.end())
      input.carried.push_back(j);
  require_numbers(input);

  input.notes = schema.notes;
  if (!input.skipped.empty()) input.notes.push_back(skip_note(input.skipped));
  for (const Index j : input.numeric)
    if (column(j).counts_rows)
      input.notes.push_back(
          fmt::format("'{0}' counts 1, 2, 3, ...: probably a row number; exclude it with -c '!{0}'",
                      column(j).name));
  input.decisions.push_back(
      fmt::format("delimiter {}, {}", delimiter_name(schema.delimiter),
                  schema.has_header ? "names in the first row" : "no names in the first row"));
  input.decisions.push_back(fmt::format("{} numeric columns and {} of text by the first {} rows",
                                        schema.columns_of(data::ColumnType::numeric).size(),
                                        schema.columns_of(data::ColumnType::text).size(),
                                        schema.sample_rows));
  return input;
}

InputSummary summarize_input(const TableInput& input, const TableOptions& options,
                             const data::RowCount& count) {
  InputSummary summary{
      .path = options.path, .rows = count.read, .used = count.used, .skipped = input.skipped};
  const std::vector<std::string> names = input.numeric_names();
  for (std::size_t j = 0; j < std::min(names.size(), count.missing.size()); ++j)
    if (count.missing[j] > 0) summary.dropped.emplace_back(names[j], count.missing[j]);
  return summary;
}

std::string describe_dropped(const InputSummary& summary) {
  if (summary.used == summary.rows) return {};
  std::string text = fmt::format("{} of {} rows dropped for missing values",
                                 summary.rows - summary.used, summary.rows);
  for (std::size_t i = 0; i < std::min(summary.dropped.size(), most_named); ++i)
    text += fmt::format("{} {} {}", i == 0 ? ":" : ",", summary.dropped[i].first,
                        summary.dropped[i].second);
  if (summary.dropped.size() > most_named)
    text += fmt::format(", and {} more columns", summary.dropped.size() - most_named);
  return text;
}

std::string describe_bad_rows(const data::RowCount& count) {
  if (count.bad_rows == 0) return {};
  return fmt::format("{} malformed row{} skipped; {}", count.bad_rows,
                     count.bad_rows == 1 ? "" : "s", count.first_bad_row);
}

void refuse_missing(const TableInput& input, const data::RowBlock& block) {
  if (!block.numbers.hasNaN()) return;
  for (Index i = 0; i < block.rows(); ++i)
    for (Index j = 0; j < block.numbers.cols(); ++j)
      if (std::isnan(block.numbers(i, j)))
        throw DataError(
            fmt::format("{}:{}: column '{}' has no value; --missing drop leaves such rows out",
                        input.reader.name(), block.lines[static_cast<std::size_t>(i)],
                        input.numeric_names()[static_cast<std::size_t>(j)]));
}

void require_utf8_names(const TableInput& input) {
  for (const Index j : input.numeric) {
    const std::string& name = input.reader.schema().columns[static_cast<std::size_t>(j)].name;
    require<DataError>(is_utf8(name),
                       "{}: the name of column {}, '{}', is not UTF-8, which a saved model has to "
                       "be; convert the table first, e.g. with iconv -f latin1 -t utf-8",
                       input.reader.name(), j + 1, name);
  }
}

}  // namespace mathtool::cli
