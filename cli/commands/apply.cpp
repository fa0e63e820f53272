#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/fit/curve_model.hpp"
#include "cli/input_report.hpp"
#include "cli/npy_path.hpp"
#include "cli/pca/model_columns.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/progress_bar.hpp"
#include "cli/regress/predicted_rows.hpp"
#include "cli/report.hpp"
#include "cli/table_input.hpp"
#include "cli/text_file.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/pca_model.hpp"
#include "mathtool/stats/regression/regression_model.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model, interval;
  TableOptions table;
  bool whiten = false, diagnostics = false;
};

/// What a model makes of rows: numbers with these names behind the carried columns.
struct RowScorer {
  std::vector<std::string> names;
  std::function<ScoredRows(AllRows&&)> score;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a model that --save wrote");
  options.flag("--whiten", settings.whiten, "scale scores of a pca to variance 1");
  options.flag("--diagnostics", settings.diagnostics,
               "Hotelling's T2 and the residual Q of every row, by a pca");
  options.value("--interval", "0.95", settings.interval,
                "by a regression or fit: confidence and prediction intervals of this probability");
  settings.table.declare(options);
  const GlobalOptions global = options.parse();
  require(settings.table.missing != "pairwise",
          "--missing pairwise is for fitting; a row has scores or has none: use drop, mean or "
          "error");
  return global;
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
  out.write(header_line(input.carried_names(), scorer.names, delimiter));
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

Json json_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return std::get<double>(cell);
}

data::RowCount collect(TableInput& input, const RowScorer& scorer, const GlobalOptions& global,
                       Report& report) {
  auto table = std::make_shared<AppliedTable>();
  table->columns = input.carried_names();
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

Exit score_table(const Settings& settings, const GlobalOptions& global, const RowScorer& scorer,
                 std::string_view remedy, TableInput& input) {
  Report report{.command = "apply"};
  const bool array = is_npy_path(global.output);
  if (array || global.format == Format::csv || global.format == Format::tsv) {
    const data::RowCount count =
        array ? write_array(input, scorer, global) : stream(input, scorer, global);
    add_remarks(input, count, remedy, report);
    remark(report, global);
    return Exit::done;
  }
  const data::RowCount count = collect(input, scorer, global, report);
  report.input = summarize_input(input, settings.table, count);
  add_remarks(input, count, remedy, report);
  render(report, global);
  return Exit::done;
}

Exit apply_pca(const Settings& settings, const GlobalOptions& global, const std::string& text) {
  const stats::Pca model = stats::pca_from_json(text, settings.model);
  require(settings.interval.empty(), "--interval is for a regression or a fit; {} is a pca",
          settings.model);
  require(!model.variables.empty(),
          "{} names no columns, so none can be found in a table; fit it with 'mathtool pca --save'",
          settings.model);
  TableInput input = open_table(settings.table, global);
  use_columns_of(model, settings.model, input);
  const ScoreOptions options{.whiten = settings.whiten, .diagnostics = settings.diagnostics};
  const RowScorer scorer{score_names(model.output_size(), options), [&](AllRows&& rows) {
                           return score_block(input, std::move(rows), model, options);
                         }};
  return score_table(settings, global, scorer,
                     "lack a value and have no scores; --missing mean puts the model's means in",
                     input);
}

double parse_interval(const std::string& text) {
  if (text.empty()) return 0;
  const double confidence = constant_expression(text, "--interval");
  require(0 < confidence && confidence < 1, "--interval must be in (0, 1), got {}", text);
  return confidence;
}

Exit apply_regression(const Settings& settings, const GlobalOptions& global,
                      const std::string& text) {
  require(!settings.whiten && !settings.diagnostics,
          "--whiten and --diagnostics are for a pca; {} is a regression", settings.model);
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "a prediction needs every value: --missing drop or error");
  const stats::RegressionModel model = stats::regression_from_json(text, settings.model);
  const double confidence = parse_interval(settings.interval);
  TableInput input = open_table(settings.table, global, false);
  const RowPredictor predictor(model, confidence, settings.model, input);
  const RowScorer scorer{predictor.names(),
                         [&](AllRows&& rows) { return predictor.predict(std::move(rows)); }};
  return score_table(settings, global, scorer,
                     "have no prediction: they lack a value, or have a level that the fit has not "
                     "seen",
                     input);
}

Exit apply_curve(const Settings& settings, const GlobalOptions& global, const std::string& text) {
  require(!settings.whiten && !settings.diagnostics,
          "--whiten and --diagnostics are for a pca; {} is a fit", settings.model);
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "a prediction needs every value: --missing drop or error");
  const CurveModel model = curve_from_json(text, settings.model);
  const double confidence = parse_interval(settings.interval);
  TableInput input = open_table(settings.table, global, false);
  const CurvePredictor predictor(model, confidence, settings.model, input);
  const RowScorer scorer{predictor.names(),
                         [&](AllRows&& rows) { return predictor.predict(std::move(rows)); }};
  return score_table(settings, global, scorer, "have no prediction: they lack a value", input);
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const std::string text = read_text(settings.model);
  if (is_curve_model(text)) return apply_curve(settings, global, text);
  return stats::is_regression_model(text) ? apply_regression(settings, global, text)
                                          : apply_pca(settings, global, text);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool pca iris.csv -k 2 --save iris.json
  mathtool apply iris.json new.csv --csv > scores.csv
  mathtool apply iris.json new.csv -o scores.npy    the scores alone, as an array
  mathtool apply iris.json new.csv --diagnostics    T2 and Q say how unusual each row is
  mathtool regress 'Petal.Width ~ Petal.Length + Species' iris.csv --save width.json
  mathtool apply width.json new.csv --interval 0.95    predictions with their intervals
  mathtool fit 'y ~ a*exp(-b*x)' data.csv --start a=1,b=1 --save decay.json
  mathtool apply decay.json new.csv --interval 0.95

Columns are matched by name, in any order; further columns are ignored, text columns are carried
along. Each row of the table gives one row; one that lacks a value has blank scores. Of a
regression, ci_low and ci_high enclose the mean response, prediction_low and prediction_high a
single new one. CSV, TSV and NPY
are written as rows are read, in constant memory; for NPY the table is read twice.
)";

}  // namespace

extern const Command apply;
const Command apply{.name = "apply",
                    .summary = "scores or predictions of new rows by a saved model",
                    .operands = "MODEL [FILE]",
                    .help = explanation,
                    .run = run,
                    .output = OutputKind::array};

}  // namespace mathtool::cli
