#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/stats/metrics/confusion.hpp"

namespace mathtool::stats {

/// Metrics of a matrix of counts C, K × K, rows true, columns predicted. With n = Σ C, t_k the sum
/// of row k, p_k that of column k. NaN where the divisor is 0.
///
/// Throws: DimensionError unless C is square; DomainError unless counts are finite and ≥ 0.
double accuracy(const MatRef& counts);                ///< Σ C_kk / n
double precision(const MatRef& counts, Index label);  ///< C_kk / p_k
double recall(const MatRef& counts, Index label);     ///< C_kk / t_k, also called sensitivity
double f1_score(const MatRef& counts, Index label);   ///< 2 C_kk / (t_k + p_k)

/// Matthews' correlation of true and predicted labels, for K > 2 that of Gorodkin: 1 where all
/// agree, about 0 by chance.
///     (n Σ C_kk − Σ t_k p_k) / √((n² − Σ t_k²) (n² − Σ p_k²))
/// Error: a few units in the last place of 1, for any counts up to 2⁵³.
/// Ref:   Matthews (1975); Gorodkin, Comparing two K-category assignments by a K-category
///        correlation coefficient (2004), eq. 8.
double matthews_correlation(const MatRef& counts);

/// Agreement beyond that by chance.
///     (n Σ C_kk − Σ t_k p_k) / (n² − Σ t_k p_k)
/// Ref: Cohen, A coefficient of agreement for nominal scales (1960).
double cohen_kappa(const MatRef& counts);

struct ClassMetrics {
  std::string label = {};
  double precision = 0, recall = 0, f1 = 0;
  double support = 0;    ///< how often the label is the true one
  double predicted = 0;  ///< how often it is the predicted one
};

/// A metric that is NaN, and why.
struct UndefinedMetric {
  std::string metric = {};  ///< as in "precision of 'yes'"
  std::string reason = {};  ///< as in "nothing is predicted as 'yes'"
};

struct ClassificationMetrics {
  std::vector<ClassMetrics> classes = {};
  double accuracy = 0, mcc = 0, kappa = 0;
  double macro_precision = 0, macro_recall = 0, macro_f1 = 0;  ///< means over the classes; NaN
                                                               ///< where one of them is
  std::vector<UndefinedMetric> undefined = {};
};

/// All of them.
/// Throws: DimensionError unless there is a label for each row; InsufficientDataError where nothing
///         is counted.
ClassificationMetrics classification_metrics(const ConfusionMatrix& confusion);

}  // namespace mathtool::stats
