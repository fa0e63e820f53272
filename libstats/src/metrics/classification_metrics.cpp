#include "mathtool/stats/metrics/classification_metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

void require_counts(const MatRef& counts) {
  require<DimensionError>(counts.rows() == counts.cols(),
                          "a confusion matrix is square, got {} x {}", counts.rows(),
                          counts.cols());
  for (Index j = 0; j < counts.cols(); ++j)
    for (Index i = 0; i < counts.rows(); ++i)
      require(std::isfinite(counts(i, j)) && counts(i, j) >= 0,
              "counts must be finite and >= 0, got {}", counts(i, j));
}

void require_label(const MatRef& counts, Index label) {
  require_counts(counts);
  require(0 <= label && label < counts.rows(), "there are labels 0 to {}, got {}",
          counts.rows() - 1, label);
}

/// 0/0 is NaN, for want of anything that counts.
double defined_ratio(double part, double whole) { return whole > 0 ? part / whole : not_a_number; }

/// What agreement measures are made of. Sums of products cancel where true and predicted labels
/// hardly depend on each other; hence twice the precision.
struct Agreement {
  double excess = 0;     ///< n Σ C_kk − Σ t_k p_k
  double truth = 0;      ///< n² − Σ t_k²
  double predicted = 0;  ///< n² − Σ p_k²
  double chance = 0;     ///< n² − Σ t_k p_k

  explicit Agreement(const MatRef& table) {
    // In units of a power of two near the total, so that no square leaves the range of doubles.
    const double total = table.sum();
    const Mat counts = total > 0 ? Mat(table * std::ldexp(1.0, -std::ilogb(total))) : Mat(table);
    const Vec t = counts.rowwise().sum(), p = counts.colwise().sum().transpose();
    const double n = t.sum();
    math::DoubleDouble difference = {};
    for (Index k = 0; k < counts.rows(); ++k) {
      difference = difference + math::two_product(n, counts(k, k)) - math::two_product(t[k], p[k]);
      truth += t[k] * others(t, k);
      predicted += p[k] * others(p, k);
      chance += t[k] * others(p, k);
    }
    excess = difference.high + difference.low;
  }

  /// The total without one of the parts, none of them being subtracted.
  static double others(const Vec& parts, Index k) {
    return parts.head(k).sum() + parts.tail(parts.size() - k - 1).sum();
  }
};

/// "'a', 'b' and 7 more", so that a reason does not grow with the labels.
std::string quoted_labels(const std::vector<std::string>& labels) {
  constexpr std::size_t most = 5;
  const std::size_t shown = std::min(labels.size(), most);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i)
    text += fmt::format("{}'{}'", i == 0 ? "" : ", ", labels[i]);
  if (labels.size() > shown) text += fmt::format(" and {} more", labels.size() - shown);
  return text;
}

/// Those of precision, recall or F1 that are NaN for some labels, and the macro average with them.
void explain_classes(const std::vector<ClassMetrics>& classes, double ClassMetrics::*metric,
                     const char* name, const char* reason,
                     std::vector<UndefinedMetric>& undefined) {
  std::vector<std::string> labels;
  for (const ClassMetrics& each : classes)
    if (std::isnan(each.*metric)) labels.push_back(each.label);
  if (labels.empty()) return;
  undefined.push_back({fmt::format("{} of {}", name, quoted_labels(labels)), reason});
}

void explain_agreement(const ClassificationMetrics& metrics, const Agreement& agreement,
                       std::vector<UndefinedMetric>& undefined) {
  if (std::isnan(metrics.mcc))
    undefined.push_back({"mcc", agreement.truth > 0 ? "every row is predicted as the same label"
                                                    : "every row has the same true label"});
  if (std::isnan(metrics.kappa))
    undefined.push_back({"kappa", "one label is all that is true and all that is predicted"});
}

}  // namespace

double accuracy(const MatRef& counts) {
  require_counts(counts);
  return defined_ratio(counts.diagonal().sum(), counts.sum());
}

double precision(const MatRef& counts, Index label) {
  require_label(counts, label);
  return defined_ratio(counts(label, label), counts.col(label).sum());
}

double recall(const MatRef& counts, Index label) {
  require_label(counts, label);
  return defined_ratio(counts(label, label), counts.row(label).sum());
}

double f1_score(const MatRef& counts, Index label) {
  require_label(counts, label);
  return defined_ratio(2 * counts(label, label), counts.row(label).sum() + counts.col(label).sum());
}

double matthews_correlation(const MatRef& counts) {
  require_counts(counts);
  const Agreement agreement(counts);
  return defined_ratio(agreement.excess, std::sqrt(agreement.truth * agreement.predicted));
}

double cohen_kappa(const MatRef& counts) {
  require_counts(counts);
  const Agreement agreement(counts);
  return defined_ratio(agreement.excess, agreement.chance);
}

ClassificationMetrics classification_metrics(const ConfusionMatrix& confusion) {
  const Mat& counts = confusion.counts;
  require_counts(counts);
  require<DimensionError>(std::ssize(confusion.labels) == counts.rows(),
                          "classification_metrics: {} labels for {} classes",
                          confusion.labels.size(), counts.rows());
  require<InsufficientDataError>(counts.sum() > 0, "there is nothing to score: no row counts");
  ClassificationMetrics metrics;
  const Vec support = counts.rowwise().sum(), predicted = counts.colwise().sum().transpose();
  const auto classes = static_cast<double>(counts.rows());
  for (Index k = 0; k < counts.rows(); ++k) {
    const ClassMetrics each{.label = confusion.labels[static_cast<std::size_t>(k)],
                            .precision = defined_ratio(counts(k, k), predicted[k]),
                            .recall = defined_ratio(counts(k, k), support[k]),
                            .f1 = defined_ratio(2 * counts(k, k), support[k] + predicted[k]),
                            .support = support[k],
                            .predicted = predicted[k]};
    metrics.macro_precision += each.precision / classes;
    metrics.macro_recall += each.recall / classes;
    metrics.macro_f1 += each.f1 / classes;
    metrics.classes.push_back(each);
  }
  const Agreement agreement(counts);
  metrics.accuracy = defined_ratio(counts.diagonal().sum(), support.sum());
  metrics.mcc = defined_ratio(agreement.excess, std::sqrt(agreement.truth * agreement.predicted));
  metrics.kappa = defined_ratio(agreement.excess, agreement.chance);
  explain_classes(metrics.classes, &ClassMetrics::precision, "precision",
                  "nothing is predicted as that", metrics.undefined);
  explain_classes(metrics.classes, &ClassMetrics::recall, "recall", "nothing truly is that",
                  metrics.undefined);
  explain_classes(metrics.classes, &ClassMetrics::f1, "f1", "nothing is that or predicted as that",
                  metrics.undefined);
  explain_agreement(metrics, agreement, metrics.undefined);
  return metrics;
}

}  // namespace mathtool::stats
