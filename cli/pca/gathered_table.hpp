#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/table_input.hpp"
#include "cli/table_store.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

/// What one reading of a table leaves for a principal component analysis: its covariance, or, where
/// there are no more rows than columns or the solver needs them, the rows themselves.
struct GatheredTable {
  std::vector<std::string> levels = {};       ///< of the columns of -g
  std::vector<Index> columns = {};            ///< p positions in the table
  std::optional<Mat> rows = {};               ///< n × p, complete
  stats::CovarianceEstimate covariance = {};  ///< if there are no rows
  std::int64_t observations = 0;              ///< rows used
  std::vector<std::string> notes = {};
  std::string problem = {};  ///< why there is nothing to analyse; empty if there is

  Vec standard_deviations() const;  ///< p; exactly 0 for a constant column
  void keep_columns(const std::vector<Index>& places);
};

struct GatheredTables {
  std::vector<GatheredTable> groups = {};  ///< one without -g
  data::RowCount count = {};
};

/// Reads the numeric columns of `input` once, in memory for p² numbers or n p, whichever is less;
/// more than `memory` bytes are refused. Missing values are treated by `input.missing`. With a
/// store, all rows and carried texts go there too.
/// Throws: DataError for a missing value under MissingPolicy::error and where the memory does not
///         suffice; DomainError where solver, policy and weights exclude each other; what
///         TableReader throws.
GatheredTables gather(TableInput& input, stats::PcaSolver solver, std::int64_t memory,
                      TableStore* store, const RunControl& run);

}  // namespace mathtool::cli
