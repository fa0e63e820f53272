#pragma once

#include <optional>
#include <string>

#include "cli/table_input.hpp"

namespace mathtool::cli {

/// What predictions are scored as.
enum class ScoreTask { automatic, classification, regression };

/// What the options of `score` ask for.
struct ScoreRequest {
  std::string truth = {}, score = {}, predicted = {};  ///< columns
  std::optional<std::string> positive = {};            ///< the label; none: the last
  double threshold = 0.5;
  std::string curve = {};  ///< roc, pr, calibration; empty: not asked for
  ScoreTask task = ScoreTask::automatic;
};

/// Where the value of a column stands in a row that is read.
struct ScoreColumn {
  std::string name = {};
  bool numeric = false;
  Index place = 0;  ///< among the numbers or the texts of a row
};

/// The columns that `score` reads.
struct ScoreColumns {
  ScoreColumn truth = {};
  std::optional<ScoreColumn> predicted = {}, score = {};
  ScoreTask task = ScoreTask::classification;  ///< automatic: both are numbers, which may be labels
};

/// Makes the columns of `request` the only ones that are read of `input`: numbers as its numeric
/// columns, texts as its carried ones.
/// Throws: DomainError for an unknown column, with the nearest one, and for a column in two roles;
///         DataError for text where numbers are needed.
ScoreColumns assign_score_columns(const ScoreRequest& request, TableInput& input);

}  // namespace mathtool::cli
