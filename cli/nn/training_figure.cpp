#include "cli/nn/training_figure.hpp"

#include <fmt/core.h>

#include <cmath>
#include <functional>
#include <optional>

#include "cli/score/confusion_figure.hpp"

namespace mathtool::cli {
namespace {

using OfEpoch = std::function<std::optional<double>(const nn::Epoch&)>;

/// What is known and finite of each epoch.
Series epoch_series(const char* name, const std::vector<nn::Epoch>& epochs, const OfEpoch& value) {
  Series series{.name = name};
  for (const nn::Epoch& epoch : epochs) {
    const std::optional<double> y = value(epoch);
    if (!y || !std::isfinite(*y)) continue;
    series.x.push_back(static_cast<double>(epoch.epoch));
    series.y.push_back(*y);
  }
  return series;
}

Panel epoch_panel(const char* title, Series&& training, Series&& validation) {
  Panel panel{.title = title, .x_label = "epoch", .y_label = title, .integer_x = true};
  for (Series* series : {&training, &validation})
    if (!series->x.empty()) panel.series.push_back(std::move(*series));
  return panel;
}

Panel roc_panel(const PredictionScore& score) {
  constexpr std::size_t most_curves = 12;
  Panel panel{.title = fmt::format("area under the curve {:.4g}", score.together.area),
              .x_label = "false positive rate",
              .y_label = "true positive rate",
              .y_limits = Limits{0, 1}};
  std::vector<ClassCurve> curves{score.together};
  if (score.curves.size() > 1 && score.curves.size() <= most_curves) curves = score.curves;
  for (const ClassCurve& curve : curves) {
    if (std::isnan(curve.area)) continue;
    Series line{.name = curve.label};
    for (const stats::RocPoint& point : curve.points) {
      line.x.push_back(point.fpr);
      line.y.push_back(point.tpr);
    }
    panel.series.push_back(std::move(line));
  }
  panel.series.push_back({.name = "chance", .x = {0, 1}, .y = {0, 1}});
  return panel;
}

}  // namespace

Figure learning_figure(const std::vector<nn::Epoch>& epochs) {
  Figure figure;
  figure.panels.push_back(epoch_panel(
      "loss", epoch_series("training", epochs, [](const nn::Epoch& epoch) { return epoch.loss; }),
      epoch_series("validation", epochs,
                   [](const nn::Epoch& epoch) { return epoch.validation_loss; })));
  Panel accuracy = epoch_panel(
      "accuracy",
      epoch_series("training", epochs, [](const nn::Epoch& epoch) { return epoch.accuracy; }),
      epoch_series("validation", epochs,
                   [](const nn::Epoch& epoch) { return epoch.validation_accuracy; }));
  if (!accuracy.series.empty()) figure.panels.push_back(std::move(accuracy));
  return figure;
}

Figure prediction_figure(const PredictionScore& score) {
  if (!score.of_classes()) return {};
  Figure figure = confusion_figure(score.classification->confusion);
  figure.panels.push_back(roc_panel(score));
  return figure;
}

}  // namespace mathtool::cli
