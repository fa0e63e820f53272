#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mathtool::cli {

/// The labels of a table and which of them is positive.
struct ScoreLabels {
  std::vector<std::string> all = {};  ///< in the order of a confusion matrix
  std::string positive = {};
  bool chosen = false;  ///< by --positive

  bool two() const { return all.size() <= 2; }
  /// The other of two labels; of more, "not POSITIVE".
  std::string negative() const;
};

/// The label that --positive names, else the last. A lone label is joined by the other one where
/// that is known: by --positive, or from pairs such as 0 and 1, no and yes. Throws: DomainError,
/// with the nearest label, where --positive names none of several.
ScoreLabels choose_positive(std::vector<std::string> labels,
                            const std::optional<std::string>& asked);

}  // namespace mathtool::cli
