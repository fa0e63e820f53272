#pragma once

#include <memory>
#include <optional>

#include "cli/nn/sequence_options.hpp"
#include "cli/nn/sequence_score.hpp"
#include "cli/nn/training_report.hpp"

namespace mathtool::cli {

/// A training on a sequence, and how it is judged.
struct SequenceTraining {
  std::shared_ptr<const TrainingResult> result = {};
  NetworkTarget target = {};
  std::optional<TextScore> text = {};      ///< of the part set aside, or of all
  std::optional<SeriesScore> series = {};  ///< of its last part; none where nothing is held out
};

/// Trains on the text or the series that the options name. Pre: they name one.
/// Throws: DomainError for settings that do not go with it; DataError for a text that is none.
SequenceTraining train_sequence(const SequenceOptions& options, const TableOptions& table,
                                const TrainingSettings& settings, const TrainingFiles& files,
                                const GlobalOptions& global, Report& report);

/// As report_training, with what judges a sequence.
void report_sequence(const SequenceTraining& training, Report& report);

}  // namespace mathtool::cli
