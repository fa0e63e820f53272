#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "cli/command.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "mathtool/data/input.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/pca_model.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  TableOptions table;
  bool whiten = false, diagnostics = false;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a model that --save wrote");
  options.flag("--whiten", settings.whiten, "scale scores to variance 1");
  options.flag("--diagnostics", settings.diagnostics,
               "Hotelling's T2 and the residual Q of every row");
  settings.table.declare(options);
  return options.parse();
}

std::string read_text(const std::string& path) {
  data::Input input = data::Input::open(path);
  std::string text, piece(1 << 16, '\0');
  while (const std::size_t count = input.read(std::span(piece.data(), piece.size())))
    text.append(piece, 0, count);
  return text;
}

/// The table's columns in the order of the model, by name.
std::vector<Index> match_columns(const stats::Pca& model, const TableInput& input,
                                 const std::string& model_path) {
  const std::vector<std::string> names = input.reader.schema().names();
  std::vector<Index> columns;
  std::string missing;
  for (const std::string& wanted : model.variables) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found != names.end())
      columns.push_back(found - names.begin());
    else
      missing +=
          fmt::format("{}'{}'{}", missing.empty() ? "" : ", ", wanted, did_you_mean(wanted, names));
  }
  require(missing.empty(), "{} lacks columns that {} was fitted to: {}", input.reader.name(),
          model_path, missing);
  return columns;
}

/// Rows as they come, in a form that needs no look ahead.
void stream(TableInput& input, const stats::Pca& model, const ScoreOptions& options,
            const GlobalOptions& global) {
  const char delimiter = global.format == Format::tsv ? '\t' : ',';
  data::OutputFile out(global.output);
  out.write(
      header_line(input.carried_names(), score_names(model.output_size(), options), delimiter));
  score_rows(
      input.reader, {.numbers = input.numeric, .texts = input.carried}, model, options,
      [&](ScoredRows&& rows) {
        std::string lines;
        append_lines(lines, rows, delimiter);
        return lines;
      },
      [&](std::string&& lines) { out.write(lines); }, run_control(global, "apply"));
  out.commit();
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
    if (column < block.carried)
      return block.texts[static_cast<std::size_t>(i * block.carried + column)];
    return block.scores(i, column - block.carried);
  }
};

Json json_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return std::get<double>(cell);
}

void collect(TableInput& input, const stats::Pca& model, const ScoreOptions& options,
             const GlobalOptions& global, Report& report) {
  auto table = std::make_shared<AppliedTable>();
  table->columns = input.carried_names();
  const std::vector<std::string> scores = score_names(model.output_size(), options);
  table->columns.insert(table->columns.end(), scores.begin(), scores.end());
  std::int64_t used = 0;
  score_rows(
      input.reader, {.numbers = input.numeric, .texts = input.carried}, model, options,
      [](ScoredRows&& rows) { return std::move(rows); },
      [&](ScoredRows&& rows) {
        if (rows.rows() == 0) return;
        for (Index i = 0; i < rows.rows(); ++i) used += rows.complete(i);
        table->first_rows.push_back(table->rows);
        table->rows += rows.rows();
        table->blocks.push_back(std::move(rows));
      },
      run_control(global, "apply"));

  report.main = {.columns = table->columns,
                 .rows = table->rows,
                 .cell = [table](Index row, Index column) { return table->at(row, column); }};
  report.screen = {report.main};
  report.result = [table] {
    Json rows = Json::array();
    for (Index i = 0; i < table->rows; ++i) {
      Json row = Json::array();
      for (Index j = 0; j < std::ssize(table->columns); ++j)
        row.push_back(json_cell(table->at(i, j)));
      rows.push_back(std::move(row));
    }
    return Json{{"columns", table->columns}, {"rows", std::move(rows)}};
  };
  report.input->rows = table->rows;
  report.input->used = used;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const stats::Pca model = stats::pca_from_json(read_text(settings.model), settings.model);
  TableInput input = open_table(settings.table, global);
  input.numeric = match_columns(model, input, settings.model);
  const ScoreOptions options{.whiten = settings.whiten,
                             .impute_means = input.missing == data::MissingPolicy::mean,
                             .diagnostics = settings.diagnostics};
  if (global.format == Format::csv || global.format == Format::tsv) {
    stream(input, model, options, global);
    return Exit::done;
  }
  Report report{.command = "apply"};
  report.input = summarize_input(input, settings.table, {});
  report.decisions = input.decisions;
  collect(input, model, options, global, report);
  if (const std::int64_t missing = report.input->rows - report.input->used; missing > 0)
    report.notes.push_back(
        fmt::format("{} of {} rows lack a value and have no scores; --missing mean "
                    "puts the model's means in",
                    missing, report.input->rows));
  render(report, global);
  return Exit::done;
}

}  // namespace

extern const Command apply;
const Command apply{"apply", "scores of new rows by a saved model", "MODEL [FILE]",
                    R"(Examples:
  mathtool pca iris.csv -k 2 --save iris.json
  mathtool apply iris.json new.csv --csv > scores.csv
  mathtool apply iris.json new.csv --diagnostics    T2 and Q say how unusual each row is

Columns are matched by name, in any order; further columns are ignored, text columns are carried
along. Each row of the table gives one row; one that lacks a value has blank scores. --csv and
--tsv write rows as they are read, in constant memory.
)",
                    run};

}  // namespace mathtool::cli
