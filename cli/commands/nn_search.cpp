#include <fmt/format.h>

#include <memory>
#include <string_view>

#include "cli/command.hpp"
#include "cli/grouped_report.hpp"
#include "cli/nn/settings_trials.hpp"
#include "cli/nn/training_plan.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  NetworkDataOptions data;
  TrainingSettings training;
  std::string grid;
  std::optional<int> random, folds;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  settings.data.declare(options, true);
  options.heading("Search");
  options.value("--grid", "SETTINGS", settings.grid,
                "what to try: 'learning-rate=1e-2,1e-3;batch=32,128'");
  options.value("--random", "N", settings.random, 1, 100'000,
                "N random trials of it instead of every combination");
  options.value("--folds", "N", settings.folds, 2, 1'000'000,
                "judge each trial by N folds; if not given, by a fifth that is held out");
  options.heading("Network");
  settings.training.declare_network(options);
  options.heading("Training");
  settings.training.declare_training(options);
  settings.data.table.declare_reading(options);
  const GlobalOptions global = options.parse();
  settings.data.check(true, true);
  require(!settings.grid.empty() || settings.random,
          "say what to try with --grid, or how often to try at random with --random N");
  return global;
}

/// The options that train with the best settings.
std::string best_options(const nn::SettingsSearch& search) {
  std::string words;
  for (const auto& [name, text] : search.trials[static_cast<std::size_t>(*search.best)].settings)
    words += name.find('_') == std::string::npos ? fmt::format(" --{} '{}'", name, text)
                                                 : fmt::format(" --set {}={}", name, text);
  return words;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const SearchRequest request{.space = parse_grid(settings.grid),
                              .random = settings.random,
                              .folds = settings.folds.value_or(0)};
  if (global.seed != 0) settings.training.set("seed", fmt::format("{}", global.seed));
  Report report{.command = "nn search", .seed = global.seed};
  const NetworkData data(settings.data, settings.training.text("loss"), global, report);
  const auto search = std::make_shared<const nn::SettingsSearch>(
      run_search(data, settings.training, request, global));
  report_search(search, report);
  if (search->best)
    report.hints = {fmt::format("mathtool nn train ...{}   trains with the best of them",
                                best_options(*search))};
  render(report, global);
  return exit_of(report);
}

constexpr std::string_view explanation = R"(Examples:
  mathtool nn search --data iris.csv --target Species --grid 'learning-rate=1e-2,1e-3;batch=32,128'
  mathtool nn search --data iris.csv --target Species --random 20
  mathtool nn search --data iris.csv --target Species --folds 5 \
      --grid 'layers=dense 3 | dense 16 relu, dense 3;weight-decay=0,1e-3'
  mathtool nn search --data iris.csv --target Species --random 20 \
      --grid 'learning-rate=1e-4:1e-1:log;batch=16:128'

--grid names settings by their options, each with values between commas, or between bars where they
have commas of their own. All combinations are tried. With --random a setting may also be a range
LOW:HIGH, with :log behind it a logarithmic one; without --grid, --random looks for a learning rate,
a batch and a weight decay. Every trial is judged by data that it was not trained on, and the best is
the one of the lowest loss there. All other options are those of 'mathtool nn train'.
)";

}  // namespace

extern const Command nn_search;
const Command nn_search{.name = "nn search",
                        .summary = "try settings of a training, and rank them",
                        .operands = "",
                        .help = explanation,
                        .run = run};

}  // namespace mathtool::cli
