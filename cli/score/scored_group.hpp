#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/score/score_columns.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/stats/metrics/confusion.hpp"
#include "mathtool/stats/metrics/regression_errors.hpp"

namespace mathtool::cli {

/// The scores of all rows with one true label, and their weights if there are any.
struct LabelScores {
  std::vector<double> scores = {}, weights = {};

  void merge(LabelScores&& other);
};

/// What one pass over the rows of a group gathers for all metrics.
struct ScoredGroup {
  stats::Confusion confusion = {};      ///< where labels were predicted
  stats::RegressionErrors errors = {};  ///< where numbers were
  bool measured = false;                ///< some number can be no label, or there are too many
  std::map<std::string, LabelScores> scores = {};  ///< by the true label
  std::int64_t rows = 0;
  double weight = 0;  ///< of all rows; their number without --weights

  void merge(ScoredGroup&& other);
};

/// Up to so many different whole numbers are taken for labels where it was not said what they are.
constexpr std::int64_t most_numeric_labels = 20;

/// Reads the columns of `score`. Scores are kept, all else takes memory for the labels alone.
/// Throws: DataError where the scores need more than `memory` bytes; InsufficientDataError for
///         infinite numbers and for more labels than anyone could look at.
GatheredGroups<ScoredGroup> gather_scores(TableInput& input, const ScoreColumns& columns,
                                          std::int64_t memory, const RunControl& run);

/// Every label of the table, true or predicted, in the order of a confusion matrix.
std::vector<std::string> all_labels(const GatheredGroups<ScoredGroup>& gathered);

/// What numbers turned out to be, where `columns` leaves it open: measurements if one of them is
/// not whole or if there are more than `most_numeric_labels` of them, else labels.
ScoreTask decide_task(const ScoreColumns& columns, const GatheredGroups<ScoredGroup>& gathered);

}  // namespace mathtool::cli
