#include "cli/apply/scored_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/input_report.hpp"
#include "cli/npy_path.hpp"
#include "cli/progress_bar.hpp"
#include "cli/report.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {
namespace {

/// Carried columns, and the texts that the model adds.
std::vector<std::string> text_names(const TableInput& input, const RowScorer& scorer) {
  std::vector<std::string> names = input.carried_names();
  names.insert(names.end(), scorer.text_names.begin(), scorer.text_names.end());
  return names;
}

/// `map` works on several blocks at once, `consume` takes its results in the order of the rows.
template <class Map, class Consume>
void read_scored(TableInput& input, const RowScorer& scorer, Map&& map, Consume&& consume,
                 const RunControl& run) {
  TablePass(input, {.texts = true})
      .read_all([&](AllRows&& rows) { return map(scorer.score(std::move(rows))); },
                std::forward<Consume>(consume), run);
}

/// Rows as they come, in a form that needs no look ahead.
data::RowCount stream(TableInput& input, const RowScorer& scorer, const GlobalOptions& global) {
  const char delimiter = global.format == Format::tsv ? '\t' : ',';
  data::OutputFile out(global.output);
  out.write(header_line(text_names(input, scorer), scorer.names, delimiter));
  struct CountedLines {
    std::string lines;
    data::RowCount count;
  };
  data::RowCount count;
  read_scored(
      input, scorer,
      [&](ScoredRows&& rows) {
        CountedLines block{"", std::move(rows.count)};
        append_lines(block.lines, rows, delimiter);
        return block;
      },
      [&](CountedLines&& block) {
        count.merge(block.count);
        out.write(block.lines);
      },
      run_control(global, "apply"));
  out.commit();
  return count;
}

/// The number of rows of the table, by a reading of its own that looks at no cell.
std::int64_t count_rows(TableInput& input, const GlobalOptions& global) {
  std::int64_t rows = 0;
  input.reader.read(
      {}, [](data::RowBlock&& block) { return block.rows(); }, [&](Index count) { rows += count; },
      run_control(global, "counting"));
  return rows;
}

/// The scores alone as NPY, which says first how many rows there are.
data::RowCount write_array(TableInput& input, const RowScorer& scorer,
                           const GlobalOptions& global) {
  input.reader.expect_another_pass();
  data::OutputFile file(global.output);
  data::NpyWriter writer(file, count_rows(input, global), std::ssize(scorer.names));
  data::RowCount count;
  read_scored(
      input, scorer, [](ScoredRows&& rows) { return std::move(rows); },
      [&](ScoredRows&& rows) {
        count.merge(rows.count);
        writer.write(rows.scores);
      },
      run_control(global, "apply"));
  writer.finish();
  file.commit();
  return count;
}

/// All rows in memory, for the forms that look at the whole.
struct AppliedTable {
  std::vector<std::string> columns;
  std::vector<ScoredRows> blocks;
  std::vector<Index> first_rows;  ///< of each block
  Index rows = 0;

  Cell at(Index row, Index column) const {
    const auto after = std::upper_bound(first_rows.begin(), first_rows.end(), row);
    const std::size_t place = static_cast<std::size_t>(after - first_rows.begin()) - 1;
    const ScoredRows& block = blocks[place];
    const Index i = row - first_rows[place];
    if (column < block.carried) return std::string(block.texts[i * block.carried + column]);
    return block.scores(i, column - block.carried);
  }
};

/// `predicted`: a text that the model adds, and which is empty where there is none.
Json json_cell(const Cell& cell, bool predicted) {
  const auto* text = std::get_if<std::string>(&cell);
  if (!text) return std::get<double>(cell);
  return predicted && text->empty() ? Json() : Json(*text);
}

data::RowCount collect(TableInput& input, const RowScorer& scorer, const GlobalOptions& global,
                       Report& report) {
  auto table = std::make_shared<AppliedTable>();
  table->columns = text_names(input, scorer);
  table->columns.insert(table->columns.end(), scorer.names.begin(), scorer.names.end());
  data::RowCount count;
  read_scored(
      input, scorer, [](ScoredRows&& rows) { return std::move(rows); },
      [&](ScoredRows&& rows) {
        count.merge(rows.count);
        if (rows.rows() == 0) return;
        table->first_rows.push_back(table->rows);
        table->rows += rows.rows();
        table->blocks.push_back(std::move(rows));
      },
      run_control(global, "apply"));

  report.main = {.columns = table->columns,
                 .rows = table->rows,
                 .cell = [table](Index row, Index column) { return table->at(row, column); }};
  report.screen = {report.main};
  report.result = [table, carried = std::ssize(input.carried)] {
    Json rows = Json::array();
    for (Index i = 0; i < table->rows; ++i) {
      Json row = Json::array();
      for (Index j = 0; j < std::ssize(table->columns); ++j)
        row.push_back(json_cell(table->at(i, j), j >= carried));
      rows.push_back(std::move(row));
    }
    return Json{{"columns", table->columns}, {"rows", std::move(rows)}};
  };
  return count;
}

/// What the model, the table and the reading of it leave to be said. `remedy` is for rows that
/// could not be used.
void add_remarks(const TableInput& input, const data::RowCount& count, std::string_view remedy,
                 Report& report) {
  report.decisions = input.decisions;
  report.notes = input.reader.schema().notes;
  if (const std::string bad_rows = describe_bad_rows(count); !bad_rows.empty())
    report.notes.push_back(bad_rows);
  if (count.used < count.read)
    report.notes.push_back(
        fmt::format("{} of {} rows {}", count.read - count.used, count.read, remedy));
}

}  // namespace

Exit print_scored_table(std::string_view command, const TableOptions& table,
                        const GlobalOptions& global, const RowScorer& scorer,
                        std::string_view remedy, TableInput& input) {
  Report report{.command = std::string(command)};
  const bool array = is_npy_path(global.output);
  if (array || global.format == Format::csv || global.format == Format::tsv) {
    const data::RowCount count =
        array ? write_array(input, scorer, global) : stream(input, scorer, global);
    add_remarks(input, count, remedy, report);
    remark(report, global);
    return Exit::done;
  }
  const data::RowCount count = collect(input, scorer, global, report);
  report.input = summarize_input(input, table, count);
  add_remarks(input, count, remedy, report);
  render(report, global);
  return Exit::done;
}

}  // namespace mathtool::cli
