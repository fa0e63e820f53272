#pragma once

#include <string>
#include <vector>

#include "cli/support/command.hpp"

namespace mathtool::test {

inline const Command score{"score"};

/// For tables whose columns are y, and s or p.
inline const std::vector<std::string> by_score{"--truth", "y", "--score", "s"};
inline const std::vector<std::string> by_label{"--truth", "y", "--predicted", "p"};

inline std::vector<std::string> with(std::vector<std::string> base,
                                     const std::vector<std::string>& more) {
  base.insert(base.end(), more.begin(), more.end());
  return base;
}

}  // namespace mathtool::test
