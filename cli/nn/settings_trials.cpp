#include "cli/nn/settings_trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/nn/network_experiment.hpp"
#include "cli/nn/training_plan.hpp"
#include "cli/option_text.hpp"
#include "cli/progress_bar.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr double held_out = 0.2;

/// Losses of other losses are no smaller or greater.
constexpr std::array incomparable = {"loss", "label-smoothing", "class-weights", "validation"};

nn::Score score_of(const nn::Finding& finding) {
  return {.loss = finding.test.loss,
          .accuracy = finding.test.accuracy,
          .status = finding.status,
          .reason = finding.reason};
}

nn::Score score_of(const nn::CrossValidation& validation) {
  return {.loss = validation.loss,
          .accuracy = validation.accuracy,
          .status = validation.status,
          .reason = validation.reason};
}

/// Trials by their loss; what did not converge comes last.
std::vector<const nn::Trial*> ranked(const nn::SettingsSearch& search) {
  std::vector<const nn::Trial*> trials;
  for (const nn::Trial& trial : search.trials) trials.push_back(&trial);
  const auto rank = [](const nn::Trial* trial) {
    const bool usable = trial->score.status == Status::converged && !std::isnan(trial->score.loss);
    return std::pair(!usable, usable ? trial->score.loss : 0.0);
  };
  std::ranges::stable_sort(trials, {}, rank);
  return trials;
}

Json trial_json(const nn::Trial& trial) {
  Json settings = Json::object();
  for (const auto& [name, text] : trial.settings) settings[name] = text;
  Json json{{"settings", std::move(settings)}, {"loss", trial.score.loss}};
  if (trial.score.accuracy) json["accuracy"] = *trial.score.accuracy;
  json["status"] = std::string(to_string(trial.score.status));
  if (trial.score.status != Status::converged) json["reason"] = trial.score.reason;
  return json;
}

Table trial_table(const std::shared_ptr<const nn::SettingsSearch>& search) {
  const std::vector<const nn::Trial*> trials = ranked(*search);
  std::vector<std::string> names;
  for (const auto& [name, text] : trials.front()->settings) names.push_back(name);
  Table table{.columns = names, .rows = std::ssize(trials), .digits = 5};
  const bool classes = trials.front()->score.accuracy.has_value();
  table.columns.push_back("loss");
  if (classes) table.columns.push_back("accuracy");
  table.columns.push_back("status");
  table.cell = [search, trials, names, classes](Index row, Index column) -> Cell {
    const nn::Trial& trial = *trials[static_cast<std::size_t>(row)];
    const Index settings = std::ssize(names);
    if (column < settings) return trial.settings.at(names[static_cast<std::size_t>(column)]);
    if (column == settings) return trial.score.loss;
    if (classes && column == settings + 1) {
      if (trial.score.accuracy) return *trial.score.accuracy;
      return std::monostate();
    }
    return std::string(to_string(trial.score.status));
  };
  return table;
}

}  // namespace

std::vector<nn::SearchedSetting> parse_grid(const std::string& text) {
  const std::string usual =
      "learning-rate=1e-4:1e-1:log; batch=16,32,64,128; weight-decay=1e-6:1e-2:log";
  std::vector<nn::SearchedSetting> space =
      read_option("--grid", [&] { return nn::parse_search_space(text.empty() ? usual : text); });
  for (const nn::SearchedSetting& setting : space)
    require(std::ranges::count(incomparable, setting.name) == 0,
            "--grid: losses of another --{} cannot be compared; search for other settings",
            setting.name);
  return space;
}

nn::SettingsSearch run_search(const NetworkData& data, const TrainingSettings& settings,
                              const SearchRequest& request, const GlobalOptions& global) {
  const std::uint64_t seed = training_seed(settings);
  const nn::Dataset truth = data.truth();
  const stats::SplitOptions split_options{.test_share = held_out, .seed = seed};
  const stats::Split split = data.labels().empty()
                                 ? stats::train_test_split(data.size(), split_options)
                                 : stats::stratified_split(data.labels(), split_options);
  const RunControl quietly{.threads = global.threads,
                           .stop = run_control(global, std::string()).stop};
  const auto score = [&](const nn::Settings& tried) {
    TrainingSettings trial = settings;
    for (const auto& [name, text] : tried) trial.set(name, text);
    const ExperimentPlanner planner(data, trial);
    if (request.folds == 0) {
      nn::Experiment experiment = planner.plan(split).experiment;
      return score_of(nn::run_experiment(experiment, quietly));
    }
    return score_of(nn::cross_validate(
        nn::make_folds(truth, {.folds = request.folds, .seed = seed}),
        [&](const stats::Split& fold, Index) { return planner.plan(fold).experiment; }, quietly));
  };
  const RunControl run = run_control(
      global,
      std::make_shared<ProgressBar>("searching", ProgressUnit{.name = "trials", .size = 1}));
  if (!request.random) return nn::grid_search(request.space, score, run);
  return nn::random_search(request.space, score, {.trials = *request.random, .seed = seed}, run);
}

void report_search(const std::shared_ptr<const nn::SettingsSearch>& search, Report& report) {
  report.main = trial_table(search);
  report.screen.push_back(report.main);
  report.result = [search] {
    Json trials = Json::array();
    for (const nn::Trial* trial : ranked(*search)) trials.push_back(trial_json(*trial));
    Json json{{"trials", std::move(trials)}, {"best", nullptr}};
    if (search->best)
      json["best"] = trial_json(search->trials[static_cast<std::size_t>(*search->best)]);
    return json;
  };
  if (search->best) {
    report.status = Status::converged;
    return;
  }
  const nn::Score& first = search->trials.front().score;
  report.status = first.status;
  report.reason = fmt::format("no trial came to an end: {}", first.reason);
  report.notes.push_back(report.reason);
}

}  // namespace mathtool::cli
