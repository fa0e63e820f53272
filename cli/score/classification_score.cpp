#include "cli/score/classification_score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/metrics/precision_recall.hpp"
#include "mathtool/stats/metrics/scoring_rules.hpp"

namespace mathtool::cli {
namespace {

/// Whether no label is ever both true and predicted: the columns name things differently, it seems.
bool are_disjoint(const stats::ClassificationMetrics& metrics) {
  return std::ranges::all_of(metrics.classes, [](const stats::ClassMetrics& of_class) {
    return of_class.support == 0 || of_class.predicted == 0;
  });
}

/// The scores of the positive label against those of all others.
stats::RankedScores rank(const ScoredGroup& group, const std::string& positive) {
  LabelScores positives, negatives;
  for (const auto& [label, scores] : group.scores)
    (label == positive ? positives : negatives).merge(LabelScores(scores));
  return stats::rank_scores({positives.scores, positives.weights},
                            {negatives.scores, negatives.weights});
}

/// The confusion of scores cut at a threshold, in the order of the labels.
stats::ConfusionMatrix cut(const stats::RankedScores& ranked, const ScoreLabels& labels,
                           double threshold) {
  stats::ConfusionMatrix confusion{.labels = {labels.negative(), labels.positive},
                                   .counts = stats::counts_at(ranked, threshold)};
  if (labels.all.size() == 2 && labels.all.front() == labels.positive) {
    confusion.labels = labels.all;
    confusion.counts = confusion.counts.reverse().eval();
  }
  return confusion;
}

/// Puts in the labels that this group has not, where there are two in all: so that the matrices of
/// groups can be compared, and a class that nothing belongs to is told.
stats::ConfusionMatrix complete(const stats::ConfusionMatrix& confusion,
                                const ScoreLabels& labels) {
  if (!labels.two() || confusion.labels.size() == labels.all.size()) return confusion;
  const Index k = std::ssize(labels.all);
  stats::ConfusionMatrix whole{.labels = labels.all, .counts = Mat::Zero(k, k)};
  const auto place = [&](const std::string& label) {
    return std::ranges::find(labels.all, label) - labels.all.begin();
  };
  for (Index i = 0; i < confusion.counts.rows(); ++i)
    for (Index j = 0; j < confusion.counts.cols(); ++j)
      whole.counts(place(confusion.labels[static_cast<std::size_t>(i)]),
                   place(confusion.labels[static_cast<std::size_t>(j)])) = confusion.counts(i, j);
  return whole;
}

ScoreMetrics score_metrics(stats::RankedScores&& ranked) {
  ScoreMetrics metrics{.ranked = std::move(ranked)};
  metrics.roc = stats::roc_area(metrics.ranked);
  metrics.average_precision = stats::average_precision(metrics.ranked);
  metrics.probabilities = metrics.ranked.are_probabilities();
  if (!metrics.probabilities) return metrics;
  metrics.log_loss = stats::log_loss(metrics.ranked);
  metrics.brier = stats::brier_score(metrics.ranked);
  metrics.calibration = stats::calibration_table(metrics.ranked);
  metrics.calibration_error = stats::expected_calibration_error(metrics.calibration);
  return metrics;
}

void note_scores(const ScoreMetrics& scores, const ScoreLabels& labels, bool cut_at_default,
                 std::vector<std::string>& notes) {
  const stats::RankedScores& ranked = scores.ranked;
  if (std::isnan(scores.roc.area))
    notes.push_back(fmt::format("auc is undefined: {}",
                                ranked.positive_total == 0
                                    ? fmt::format("no true label is '{}'", labels.positive)
                                    : fmt::format("every true label is '{}'", labels.positive)));
  else if (std::isnan(scores.roc.ci_low))
    notes.push_back(fmt::format("auc_ci is undefined: {}", scores.roc.reason));
  else if (!scores.roc.reason.empty())
    notes.push_back(fmt::format("auc_ci {}", scores.roc.reason));
  if (scores.roc.area < 0.5)
    notes.push_back(fmt::format("auc is below 0.5: higher scores tell of the other label than '{}'",
                                labels.positive));
  if (std::isnan(scores.average_precision))
    notes.push_back(
        fmt::format("average_precision is undefined: no true label is '{}'", labels.positive));
  if (!scores.probabilities) {
    notes.push_back(fmt::format(
        "scores from {:.6g} to {:.6g} are no probabilities: log_loss and brier are undefined",
        ranked.scores.back(), ranked.scores.front()));
    if (cut_at_default)
      notes.push_back("labels are predicted by score >= 0.5; choose another with --threshold");
  }
  if (std::isinf(scores.log_loss))
    notes.push_back("log_loss is infinite: a probability of 0 or 1 proved wrong");
}

}  // namespace

ClassificationScore score_classification(const ScoredGroup& group, const ScoreColumns& columns,
                                         const ScoreRequest& request, const ScoreLabels& labels) {
  require<InsufficientDataError>(group.rows > 0, "no row is left to score");
  require<InsufficientDataError>(group.weight > 0, "the weights sum to 0: no row counts");
  ClassificationScore result{.labels = labels, .observations = group.weight};
  if (columns.score) result.scores = score_metrics(rank(group, labels.positive));
  if (columns.predicted) {
    result.confusion = complete(group.confusion.matrix(), labels);
  } else {
    result.threshold = request.threshold;
    result.confusion = cut(result.scores->ranked, labels, request.threshold);
  }
  result.metrics = stats::classification_metrics(result.confusion);
  for (const stats::UndefinedMetric& undefined : result.metrics.undefined)
    result.notes.push_back(fmt::format("{} is undefined: {}", undefined.metric, undefined.reason));

  if (columns.predicted && are_disjoint(result.metrics))
    result.notes.push_back(fmt::format("no label occurs in both '{}' and '{}'", columns.truth.name,
                                       columns.predicted->name));
  result.macro = columns.predicted && !labels.two() && !labels.chosen;
  const auto positive =
      std::ranges::find(result.metrics.classes, labels.positive, &stats::ClassMetrics::label);
  if (result.macro) {
    result.precision = result.metrics.macro_precision;
    result.recall = result.metrics.macro_recall;
    result.f1 = result.metrics.macro_f1;
    for (const auto& [name, value] :
         {std::pair{"precision", result.precision}, std::pair{"recall", result.recall}})
      if (std::isnan(value))
        result.notes.push_back(
            fmt::format("{}, a mean over the labels, is undefined with it", name));
  } else if (positive != result.metrics.classes.end()) {
    result.precision = positive->precision;
    result.recall = positive->recall;
    result.f1 = positive->f1;
  } else {
    result.precision = result.recall = result.f1 = not_a_number;
    result.notes.push_back(fmt::format(
        "precision, recall and f1 are undefined: '{}' is neither true nor predicted here",
        labels.positive));
  }
  if (result.scores)
    note_scores(*result.scores, labels, result.threshold == ScoreRequest().threshold, result.notes);
  if (columns.score && !labels.two())
    result.notes.push_back(fmt::format("there are {} labels; '{}' is scored against all others",
                                       labels.all.size(), labels.positive));
  return result;
}

}  // namespace mathtool::cli
