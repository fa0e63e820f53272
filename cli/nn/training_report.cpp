#include "cli/nn/training_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/nn/network_words.hpp"
#include "cli/nn/training_figure.hpp"

namespace mathtool::cli {
namespace {

using Shared = std::shared_ptr<const TrainingResult>;

constexpr Index epochs_shown = 10;

Cell cell_of(const std::optional<double>& value) {
  if (value) return *value;
  return std::monostate();
}

/// Those from `first` on.
Table epoch_table(const Shared& result, Index first) {
  const std::vector<nn::Epoch>& epochs = result->run.training.epochs;
  Table table{.columns = {"epoch", "loss"}, .rows = std::ssize(epochs) - first, .digits = 5};
  const bool classes = !epochs.empty() && epochs.front().accuracy.has_value();
  const bool validated = !epochs.empty() && epochs.front().validation_loss.has_value();
  if (classes) table.columns.push_back("accuracy");
  if (validated) table.columns.push_back("val_loss");
  if (validated && classes) table.columns.push_back("val_accuracy");
  table.cell = [result, first, columns = table.columns](Index row, Index column) -> Cell {
    const nn::Epoch& epoch = result->run.training.epochs[static_cast<std::size_t>(first + row)];
    const std::string& name = columns[static_cast<std::size_t>(column)];
    if (name == "epoch") return epoch.epoch;
    if (name == "loss") return epoch.loss;
    if (name == "accuracy") return cell_of(epoch.accuracy);
    return cell_of(name == "val_loss" ? epoch.validation_loss : epoch.validation_accuracy);
  };
  return table;
}

Table fold_table(const Shared& result) {
  Table table{.columns = {"fold", "observations", "epochs", "loss", "accuracy"},
              .rows = std::ssize(result->folds->validation.folds),
              .digits = 5};
  if (!result->folds->validation.accuracy) table.columns.pop_back();
  table.title = "what each fold's network is worth on its held-out part";
  table.cell = [result](Index row, Index column) -> Cell {
    const nn::Finding& fold = result->folds->validation.folds[static_cast<std::size_t>(row)];
    switch (column) {
      case 0: return row + 1;
      case 1: return fold.test_size;
      case 2: return fold.epochs;
      case 3: return fold.test.loss;
      default: return cell_of(fold.test.accuracy);
    }
  };
  return table;
}

std::string heading(const TrainingResult& result) {
  const PlannedExperiment& planned = result.run.planned;
  const nn::Experiment& experiment = planned.experiment;
  std::string text = fmt::format(
      "{}\nloss {}, {} observations", network_in_words(experiment.network.architecture()),
      nn::to_string(planned.plan.loss), grouped_digits(experiment.train.size()));
  if (experiment.validation)
    text += fmt::format(" and {} to choose the best epoch",
                        grouped_digits(experiment.validation->size()));
  return text;
}

std::string epochs_in_words(const TrainingResult& result, Index first) {
  const nn::Training& training = result.run.training;
  std::string text =
      first == 0 ? fmt::format("{} epochs", training.epochs.size())
                 : fmt::format("the last {} of {} epochs", epochs_shown, training.epochs.size());
  if (result.run.planned.experiment.validation && training.best_epoch > 0)
    text += fmt::format("; the network is that of epoch {}", training.best_epoch);
  return text;
}

Json epochs_json(const std::vector<nn::Epoch>& epochs) {
  Json list = Json::array();
  for (const nn::Epoch& epoch : epochs) {
    Json entry{{"epoch", epoch.epoch}, {"loss", epoch.loss}};
    if (epoch.accuracy) entry["accuracy"] = *epoch.accuracy;
    if (epoch.validation_loss) entry["val_loss"] = *epoch.validation_loss;
    if (epoch.validation_accuracy) entry["val_accuracy"] = *epoch.validation_accuracy;
    list.push_back(std::move(entry));
  }
  return list;
}

Json folds_json(const nn::CrossValidation& validation) {
  Json list = Json::array();
  for (std::size_t k = 0; k < validation.folds.size(); ++k) {
    const nn::Finding& fold = validation.folds[k];
    Json entry{{"fold", k + 1},
               {"observations", fold.test_size},
               {"epochs", fold.epochs},
               {"best_epoch", fold.best_epoch},
               {"loss", fold.test.loss}};
    if (fold.test.accuracy) entry["accuracy"] = *fold.test.accuracy;
    list.push_back(std::move(entry));
  }
  return list;
}

Json result_json(const TrainingResult& result, const std::function<Json()>& judged) {
  const nn::Experiment& experiment = result.run.planned.experiment;
  const nn::Architecture& architecture = experiment.network.architecture();
  Json json{{"epochs", epochs_json(result.run.training.epochs)},
            {"best_epoch", result.run.training.best_epoch},
            {"test", nullptr},
            {"parameters", architecture.parameter_count()},
            {"layers", nn::to_string(architecture.layers())},
            {"loss", nn::to_string(result.run.planned.plan.loss)}};
  if (result.score()) json["test"] = score_summary(*result.score());
  if (result.folds) json["folds"] = folds_json(result.folds->validation);
  if (!result.score() || !result.score()->of_classes()) return json;
  const Json scores = judged();
  for (const char* key : {"confusion", "classes", "auc_by_class", "roc"})
    if (scores.contains(key)) json[key] = scores.at(key);
  return json;
}

/// The first that fell short: that of a fold comes first.
void report_status(const TrainingResult& result, Report& report) {
  report.status = result.run.training.status;
  report.reason = result.run.training.reason;
  if (!result.folds || result.folds->validation.status == Status::converged) return;
  report.status = result.folds->validation.status;
  report.reason = result.folds->validation.reason;
}

}  // namespace

void report_training(const Shared& result, Report& report) {
  const nn::Training& training = result->run.training;
  const std::vector<std::string>& notes = result->run.planned.plan.notes;
  report.notes.insert(report.notes.end(), notes.begin(), notes.end());
  report.screen.push_back(Paragraph{heading(*result)});
  const Index first = std::max<Index>(0, std::ssize(training.epochs) - epochs_shown);
  report.main = epoch_table(result, 0);
  Table shown = epoch_table(result, first);
  shown.title = epochs_in_words(*result, first);
  if (shown.rows > 0) report.screen.push_back(std::move(shown));
  if (result->folds) report.screen.push_back(fold_table(result));
  Report judged;
  if (result->score()) {
    report_predictions(result->score(), judged);
    report.screen.push_back(
        Paragraph{fmt::format("{}: loss {:.5g}", result->score()->part, result->score()->loss)});
    report.screen.insert(report.screen.end(), judged.screen.begin(), judged.screen.end());
    report.notes.insert(report.notes.end(), judged.notes.begin(), judged.notes.end());
    if (result->score()->part == "training data")
      report.notes.emplace_back(
          "the network is judged by the data that it was trained on, which flatters it; "
          "--validation, --folds or --test-data tell more");
  }
  report_status(*result, report);
  if (report.status != Status::converged) {
    report.notes.push_back(report.reason);
    report.screen.push_back(
        Paragraph{fmt::format("{}: {}", to_string(*report.status), report.reason)});
  }
  report.result = [result, of_judged = judged.result] { return result_json(*result, of_judged); };
  report.figure = [result] {
    Figure figure = learning_figure(result->run.training.epochs);
    if (!result->score()) return figure;
    Figure predictions = prediction_figure(*result->score());
    for (Panel& panel : predictions.panels) figure.panels.push_back(std::move(panel));
    figure.notes = std::move(predictions.notes);
    return figure;
  };
}

}  // namespace mathtool::cli
