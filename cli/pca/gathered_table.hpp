#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/table_input.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

/// What one reading of a table leaves for a principal component analysis: its covariance, or, where
/// there are no more rows than columns or the solver needs them, the rows themselves.
struct GatheredTable {
  data::RowCount count = {};
  std::optional<Mat> rows = {};               ///< n × p, complete
  stats::CovarianceEstimate covariance = {};  ///< if there are no rows
  std::vector<std::string> notes = {};

  Vec standard_deviations() const;  ///< p; exactly 0 for a constant column
  void keep_columns(const std::vector<Index>& columns);
};

/// Reads the numeric columns of `input` once, in memory for p² numbers or n p, whichever is less;
/// more than `memory` bytes are refused. Missing values are treated by `input.missing`. Throws:
/// InsufficientDataError for fewer than two usable rows; DataError for a missing value under
///         MissingPolicy::error and where the memory does not suffice; DomainError where the solver
///         and the policy exclude each other; what TableReader throws.
GatheredTable gather(TableInput& input, stats::PcaSolver solver, std::int64_t memory,
                     const RunControl& run);

}  // namespace mathtool::cli
