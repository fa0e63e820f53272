#pragma once

#include <memory>
#include <optional>

#include "cli/nn/network_data.hpp"
#include "cli/nn/training_settings.hpp"
#include "cli/report.hpp"
#include "mathtool/nn/settings_search.hpp"

namespace mathtool::cli {

/// Which settings are to be tried, and by what they are judged.
struct SearchRequest {
  std::vector<nn::SearchedSetting> space = {};
  std::optional<Index> random = {};  ///< trials; none: every combination
  Index folds = 0;                   ///< 0: one part is held out
};

/// Reads --grid; without it, what is worth trying first. Throws: DomainError for text that is no
/// such list, and for a setting that would change what is compared.
std::vector<nn::SearchedSetting> parse_grid(const std::string& text);

/// Trains once for each trial, or for each of its folds, and judges by data not trained on.
/// Throws: DomainError for settings out of range; Stopped.
nn::SettingsSearch run_search(const NetworkData& data, const TrainingSettings& settings,
                              const SearchRequest& request, const GlobalOptions& global);

/// Trials from the best down.
void report_search(const std::shared_ptr<const nn::SettingsSearch>& search, Report& report);

}  // namespace mathtool::cli
