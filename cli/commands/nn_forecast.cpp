#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/nn/series_table.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/forecast.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string model;
  TableOptions table;
  std::optional<int> steps;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand("MODEL", settings.model, true, "a network that 'nn train --series' saved");
  options.operand("FILE", settings.table.path, false, "the series as far as it is known");
  options.value("--steps", "N", settings.steps, 1, 1'000'000,
                "steps to forecast (default as many as the network predicts at once)");
  settings.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  require(settings.table.columns.empty(),
          "the columns are those that the model was trained on; leave -c out");
  return global;
}

/// What is known of a series, and what is forecast.
struct Outlook {
  SeriesTable known = {};
  Mat forecast = {};  ///< steps × columns
};

Figure outlook_figure(const Outlook& outlook) {
  constexpr Index most_shown = 200;
  Figure figure;
  const Index n = outlook.known.values.rows();
  for (Index j = 0; j < outlook.forecast.cols(); ++j) {
    Panel panel{.title = outlook.known.names[static_cast<std::size_t>(j)], .x_label = "step"};
    Series known{.name = "known"}, forecast{.name = "forecast"};
    for (Index t = std::max<Index>(0, n - most_shown); t < n; ++t) {
      known.x.push_back(static_cast<double>(t + 1));
      known.y.push_back(outlook.known.values(t, j));
    }
    for (Index h = 0; h < outlook.forecast.rows(); ++h) {
      forecast.x.push_back(static_cast<double>(n + h + 1));
      forecast.y.push_back(outlook.forecast(h, j));
    }
    panel.series = {std::move(known), std::move(forecast)};
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const nn::Model model = nn::read_model(settings.model);
  require(model.series.has_value(),
          "{} was not trained on a series: mathtool nn train --series FILE -c COLUMN",
          settings.model);
  Report report{.command = "nn forecast"};
  std::vector<std::string> names;
  for (const nn::TableColumn& column : model.series->columns) names.push_back(column.name);
  Outlook found{.known = read_series(settings.table, names, settings.model, global, report)};
  const Index steps = settings.steps.value_or(static_cast<int>(model.series->options.horizon));
  found.forecast = nn::forecast(model.network, *model.series, found.known.values, steps,
                                run_control(global, "forecasting"));
  erase_progress();
  if (!found.forecast.allFinite()) {
    Index step = 0;
    while (found.forecast.row(step).allFinite()) ++step;
    report.status = Status::not_finite;
    report.reason = fmt::format("the forecast leaves the range of numbers in step {}", step + 1);
  }
  const auto outlook = std::make_shared<const Outlook>(std::move(found));
  report.main = {.columns = {"step"},
                 .rows = outlook->forecast.rows(),
                 .cell = [outlook](Index row, Index column) -> Cell {
                   if (column == 0) return row + 1;
                   return outlook->forecast(row, column - 1);
                 }};
  report.main.columns.insert(report.main.columns.end(), names.begin(), names.end());
  report.screen.push_back(report.main);
  report.result = [outlook] {
    Json rows = Json::array();
    for (Index h = 0; h < outlook->forecast.rows(); ++h)
      rows.push_back(
          std::vector<double>(outlook->forecast.row(h).begin(), outlook->forecast.row(h).end()));
    return Json{{"columns", outlook->known.names}, {"rows", std::move(rows)}};
  };
  report.figure = [outlook] { return outlook_figure(*outlook); };
  render(report, global);
  return report.status ? Exit::not_established : Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn train --series lynx.csv -c value --transform log --season 10 --save lynx.model
  mathtool nn forecast lynx.model lynx.csv --steps 20
  mathtool nn forecast lynx.model lynx.csv --steps 20 --plot

What comes after the last row of a series, whose columns are found by name. The network predicts as
many steps as --horizon gave it, reads them as if they had come to pass, and predicts further; errors
grow on the way.
)";

}  // namespace

extern const Command nn_forecast;
const Command nn_forecast{.name = "nn forecast",
                          .summary = "what comes after the end of a time series",
                          .operands = "MODEL [FILE]",
                          .help = explanation,
                          .run = run,
                          .draws = true};

}  // namespace mathtool::cli
