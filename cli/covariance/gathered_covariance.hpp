#pragma once

#include <cstdint>
#include <string_view>

#include "cli/table_pass.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/fourth_norm.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

namespace mathtool::cli {

/// What `cov` and `corr` gather of a group in one reading: by complete rows or, where --missing
/// says mean or pairwise, by pairs of columns.
class GatheredCovariance {
 public:
  enum class Kind {
    rows,    ///< complete rows
    fourth,  ///< complete rows with what the Ledoit-Wolf intensity needs besides
    pairs    ///< rows with gaps
  };

  GatheredCovariance() = default;
  GatheredCovariance(Kind kind, Index columns, int threads);

  void push(TableRows&& rows);
  void merge(GatheredCovariance&& other);

  Kind kind() const { return kind_; }
  std::int64_t rows() const { return rows_; }
  /// Throws: InsufficientDataError, with what needs them, for fewer than two rows by their weights.
  void require_two_rows(const TableInput& input, std::string_view what) const;
  const stats::Covariance& covariance() const {
    return kind_ == Kind::fourth ? fourth_.covariance() : covariance_;
  }
  const stats::FourthNorm& fourth() const { return fourth_; }
  const stats::PairwiseCovariance& pairs() const { return pairs_; }

 private:
  Kind kind_ = Kind::rows;
  std::int64_t rows_ = 0;
  stats::Covariance covariance_ = {};  ///< of kind rows
  stats::FourthNorm fourth_ = {};
  stats::PairwiseCovariance pairs_ = {};
};

/// One pass over the table, a covariance for each group.
/// Throws: DataError where p² numbers do not fit `memory`.
GatheredGroups<GatheredCovariance> gather_covariances(TableInput& input,
                                                      GatheredCovariance::Kind kind,
                                                      std::int64_t memory, const RunControl& run);

}  // namespace mathtool::cli
