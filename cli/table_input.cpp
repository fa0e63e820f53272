#include "cli/table_input.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "cli/input_report.hpp"
#include "cli/terminal.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/utf8.hpp"

namespace mathtool::cli {
namespace {

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

/// Throws: DomainError for what is about text only, where the table is an array.
void require_text_if(const TableOptions& options, const TableInput& input) {
  if (input.reader.schema().array.empty()) return;
  const auto refuse_if = [&](bool given, const char* option) {
    require(!given, "{} is about text, but {} is an array; leave it out", option,
            input.reader.name());
  };
  refuse_if(options.delimiter.has_value(), "--delimiter");
  refuse_if(options.decimal != ".", "--decimal");
  refuse_if(options.header, "--header");
  refuse_if(!options.missing_tokens.empty(), "--na");
}

/// How the bytes were understood, for -v.
std::vector<std::string> decisions(const data::TableSchema& schema) {
  if (!schema.array.empty())
    return {fmt::format("{}: columns x1 to x{}", schema.array, schema.columns.size())};
  return {fmt::format("delimiter {}, {}", delimiter_name(schema.delimiter),
                      schema.has_header ? "names in the first row" : "no names in the first row"),
          fmt::format("{} numeric columns and {} of text by the first {} rows",
                      schema.columns_of(data::ColumnType::numeric).size(),
                      schema.columns_of(data::ColumnType::text).size(), schema.sample_rows)};
}

/// Sets aside the columns of -g and --weights, and makes --where ready.
void assign_roles(const TableOptions& options, TableInput& input) {
  const data::TableSchema& schema = input.reader.schema();
  const std::vector<std::string> names = schema.names();
  if (!options.where.empty()) input.filter.emplace(options.where, schema);
  if (!options.groups.empty()) input.groups = data::pick_columns(names, options.groups).columns;
  if (!options.weights.empty()) {
    const std::vector<Index> picked = data::pick_columns(names, options.weights).columns;
    require(picked.size() == 1, "--weights names {} columns; one holds the weights", picked.size());
    const auto& column = schema.columns[static_cast<std::size_t>(picked[0])];
    if (column.type == data::ColumnType::text)
      throw DataError(fmt::format("{}: the weights in column '{}' are {}", input.reader.name(),
                                  column.name, why_skipped(column, schema)));
    input.weights = picked[0];
  }
  const auto set_aside = [&](Index column) {
    return column == input.weights ||
           std::find(input.groups.begin(), input.groups.end(), column) != input.groups.end();
  };
  std::erase_if(input.numeric, set_aside);
  std::erase_if(input.carried, set_aside);
  std::erase_if(input.picked_texts, set_aside);
  std::erase_if(input.picked, set_aside);
}

void require_rows(const TableInput& input) {
  const data::TableSchema& schema = input.reader.schema();
  require<InsufficientDataError>(schema.sample_rows > 0, "{} has no rows{}", input.reader.name(),
                                 schema.has_header ? " below its header" : "");
}

void require_numbers(const TableInput& input) {
  const data::TableSchema& schema = input.reader.schema();
  if (!input.numeric.empty()) return;
  std::string why = input.groups.empty() && !input.weights
                        ? "--columns picks none"
                        : "--columns, --group and --weights leave none";
  if (!input.picked_texts.empty()) {
    const Index first = input.picked_texts[0];
    why = fmt::format("'{}' is {}", input.column_name(first),
                      why_skipped(schema.columns[static_cast<std::size_t>(first)], schema));
  }
  throw InsufficientDataError(
      fmt::format("{} has no numeric column to use: {}", input.reader.name(), why));
}

}  // namespace

void TableOptions::declare(Options& options) {
  options.operand("FILE", path, false, "CSV, TSV or other text; - or nothing is standard input");
  declare_reading(options);
}

void TableOptions::declare_reading(Options& options) {
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
  options.value("--where", "EXPR", where,
                "only rows where this is true: 'age >= 18 && city == \"Rome\"'");
}

void TableOptions::declare_groups(Options& options) {
  options.value("-g,--group", "COLUMNS", groups, "one result for each level of these columns");
  options.value("--weights", "COLUMN", weights, "how often each row counts");
}

std::vector<std::string> TableOptions::given() const {
  const std::pair<const char*, bool> options[] = {{"--columns", !columns.empty()},
                                                  {"--delimiter", delimiter.has_value()},
                                                  {"--header", header},
                                                  {"--no-header", no_header},
                                                  {"--decimal", decimal != "."},
                                                  {"--na", !missing_tokens.empty()},
                                                  {"--missing", missing != "drop"},
                                                  {"--bad-rows", bad_rows != "error"},
                                                  {"--where", !where.empty()},
                                                  {"--group", !groups.empty()},
                                                  {"--weights", !weights.empty()}};
  std::vector<std::string> names;
  for (const auto& [name, is_given] : options)
    if (is_given) names.emplace_back(name);
  return names;
}

std::vector<std::string> TableInput::names(const std::vector<Index>& columns) const {
  return names_of(reader.schema(), columns);
}

std::vector<std::string> TableInput::numeric_names() const {
  return names_of(reader.schema(), numeric);
}

std::vector<std::string> TableInput::carried_names() const {
  return names_of(reader.schema(), carried);
}

std::vector<std::string> TableInput::group_names() const {
  return names_of(reader.schema(), groups);
}

const std::string& TableInput::column_name(Index column) const {
  return reader.schema().columns[static_cast<std::size_t>(column)].name;
}

bool TableInput::is_missing(std::string_view cell) const {
  const std::size_t begin = std::min(cell.find_first_not_of(" \t"), cell.size());
  const std::string_view rest = cell.substr(begin);
  const std::string_view word = rest.substr(0, rest.find_last_not_of(" \t") + 1);
  return word.empty() ||
         std::find(missing_words.begin(), missing_words.end(), word) != missing_words.end();
}

TableInput open_table(const TableOptions& options, const GlobalOptions& global,
                      bool numbers_needed) {
  const data::ReadOptions how = read_options(options);
  require(options.path != "-" || !is_terminal(STDIN_FILENO),
          "no FILE is named and nothing is piped in; name a table");
  TableInput input{
      .reader = data::TableReader(data::Input::open(options.path, {.memory = global.memory}), how),
      .missing_words = how.missing,
      .missing = missing_policy(options.missing)};
  require_text_if(options, input);
  const data::TableSchema& schema = input.reader.schema();
  const auto column = [&](Index j) -> const data::Column& {
    return schema.columns[static_cast<std::size_t>(j)];
  };
  const auto picked = data::pick_columns(schema.names(), options.columns);
  input.picked = picked.columns;
  for (const Index j : picked.columns) {
    if (column(j).type == data::ColumnType::numeric)
      input.numeric.push_back(j);
    else
      input.picked_texts.push_back(j);
  }
  for (const Index j : schema.columns_of(data::ColumnType::text))
    if (std::find(picked.excluded.begin(), picked.excluded.end(), j) == picked.excluded.end())
      input.carried.push_back(j);
  assign_roles(options, input);
  require_rows(input);
  if (numbers_needed) require_numbers(input);

  input.notes = schema.notes;
  if (input.filter) {
    const std::vector<std::string>& notes = input.filter->notes();
    input.notes.insert(input.notes.end(), notes.begin(), notes.end());
  }
  for (const Index j : input.numeric)
    if (column(j).counts_rows)
      input.notes.push_back(
          fmt::format("'{0}' counts 1, 2, 3, ...: probably a row number; exclude it with -c '!{0}'",
                      column(j).name));
  input.decisions = decisions(schema);
  return input;
}

void refuse_missing(const TableInput& input, const data::RowBlock& block, Index row, Index number) {
  std::vector<Index> columns = input.numeric;
  if (input.weights) columns.push_back(*input.weights);
  columns.insert(columns.end(), input.carried.begin(), input.carried.end());
  const Index column = columns[static_cast<std::size_t>(number)];
  throw DataError(fmt::format(
      "{}:{}: column '{}' has no value; --missing drop leaves such rows out", input.reader.name(),
      block.lines[static_cast<std::size_t>(row)], input.column_name(column)));
}

void refuse_missing(const TableInput& input, const data::RowBlock& block) {
  if (!block.numbers.hasNaN()) return;
  for (Index i = 0; i < block.rows(); ++i)
    for (Index j = 0; j < block.numbers.cols(); ++j)
      if (std::isnan(block.numbers(i, j))) refuse_missing(input, block, i, j);
}

void require_utf8_names(const TableInput& input) {
  for (const Index j : input.numeric) {
    const std::string& name = input.reader.schema().columns[static_cast<std::size_t>(j)].name;
    require<DataError>(math::is_utf8(name),
                       "{}: the name of column {}, '{}', is not UTF-8, which a saved model has to "
                       "be; convert the table first, e.g. with iconv -f latin1 -t utf-8",
                       input.reader.name(), j + 1, name);
  }
}

}  // namespace mathtool::cli
