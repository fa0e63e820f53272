#include <fmt/core.h>

#include <string_view>

#include "cli/apply/scored_table.hpp"
#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/fit/curve_model.hpp"
#include "cli/nn/network_predictor.hpp"
#include "cli/pca/model_columns.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/regress/predicted_rows.hpp"
#include "cli/table_input.hpp"
#include "cli/text_file.hpp"
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
  return print_scored_table(
      "apply", settings.table, global, scorer,
      "lack a value and have no scores; --missing mean puts the model's means in", input);
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
  return print_scored_table(
      "apply", settings.table, global, scorer,
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
  return print_scored_table("apply", settings.table, global, scorer,
                            "have no prediction: they lack a value", input);
}

Exit apply_network(const Settings& settings, const GlobalOptions& global) {
  require(settings.interval.empty(), "--interval is for a regression or a fit; {} is a network",
          settings.model);
  require(!settings.whiten && !settings.diagnostics,
          "--whiten and --diagnostics are for a pca; {} is a network", settings.model);
  require(settings.table.missing == "drop" || settings.table.missing == "error",
          "a prediction needs every value: --missing drop or error");
  const nn::Model model = nn::read_model(settings.model);
  TableInput input = open_table(settings.table, global, false);
  const NetworkPredictor predictor(model, settings.model, input);
  return print_scored_table("apply", settings.table, global, predictor.scorer(),
                            NetworkPredictor::remedy, input);
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const std::string text = read_text(settings.model);
  if (nn::is_model(text)) return apply_network(settings, global);
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
  mathtool nn train --data iris.csv --target Species --save species.model
  mathtool apply species.model new.csv              classes and their probabilities

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
