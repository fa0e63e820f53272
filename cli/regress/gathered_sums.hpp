#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/regress/model_rows.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/design.hpp"

namespace mathtool::cli {

/// Rows of a pass as the design has them.
struct ModelBlock {
  stats::DesignRows rows = {};
  Vec weights = {};
  Index undefined = 0;  ///< rows where an expression has no value
};
ModelBlock evaluate_rows(const stats::Design& design, const TableRows& rows);

/// The cells of a block one by one.
std::vector<std::string_view> text_cells(const data::TextCells& texts);

/// Rows of a design in one piece.
struct GatheredRows {
  Mat raw = {};
  Vec y = {}, weights = {};
};

/// What one pass gathers for a fit.
struct GatheredSums {
  std::vector<stats::Covariance> folds = {};  ///< of the columns behind the intercept and y
  std::optional<GatheredRows> few = {};       ///< the rows, where they are few enough to factorise
  Index undefined = 0;
};

struct GatherOptions {
  int folds = 1;
  std::uint64_t seed = 0;  ///< of the folds
  bool keep_few = true;
};

/// Throws: InsufficientDataError where no row is left.
GatheredSums gather_sums(const stats::Design& design, ModelRows& rows,
                         const GatherOptions& options);

}  // namespace mathtool::cli
