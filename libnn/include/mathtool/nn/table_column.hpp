#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// How one column of a table becomes features of a network: numbers standardised, texts one-hot.
struct TableColumn {
  std::string name = {};
  std::vector<std::string> levels = {};  ///< of text, each a feature that is 0 or 1; none: numeric
  double center = 0, scale = 1;  ///< feature = (x − center) / scale of a numeric one; scale 0: the
                                 ///< column was constant, and its feature is always 0
  bool operator==(const TableColumn&) const = default;

  Index features() const { return levels.empty() ? 1 : std::ssize(levels); }
};

/// Features of all columns together.
Index feature_count(const std::vector<TableColumn>& columns);

/// Their names: that of a numeric column, "species[lily]" of a level.
std::vector<std::string> feature_names(const std::vector<TableColumn>& columns);

}  // namespace mathtool::nn
