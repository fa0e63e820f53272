#pragma once

#include "mathtool/stats/correlation.hpp"

namespace mathtool::stats {

/// A coefficient and what its inference needs.
struct PairCorrelation {
  double r, n;
  double p_value;
  double standard_error;  ///< of atanh r; NaN where it has none
};

/// Fills the matrices of a Correlation; different pairs may be set at the same time.
class CorrelationTable {
 public:
  /// Throws: DomainError unless the level is in (0, 1).
  CorrelationTable(Index columns, double level);

  void set(Index i, Index j, const PairCorrelation& pair);
  void set_diagonal(Index j, bool varies, double n);

  Correlation take() { return std::move(table_); }

 private:
  Correlation table_;
  double z_;  ///< normal quantile of the level
};

/// √(1 / (n − lost)), NaN for n ≤ lost.
double standard_error(double n, double lost);

}  // namespace mathtool::stats
