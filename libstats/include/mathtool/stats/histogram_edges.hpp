#pragma once

#include <cstdint>
#include <vector>

namespace mathtool::stats {

/// What the choice of bins depends on.
struct SampleSpread {
  std::int64_t count = 0;
  double min = 0.0, max = 0.0;
  double quartile_range = 0.0;  ///< upper minus lower quartile, ≥ 0
  bool whole_numbers = false;   ///< every sample is one
};

struct BinOptions {
  std::int64_t bins = 0;     ///< ≥ 0; 0 chooses
  std::int64_t most = 1000;  ///< bins ≤ most where they are chosen, ≥ 1: outliers ask for millions
};

/// Edges of bins of equal width from min to max. Chosen, the width is the smaller of
///
///     2 IQR / n^(1/3)  (Freedman & Diaconis, unless the IQR is 0)  and  range / (1 + log₂ n)
///     (Sturges)
///
/// Chosen for whole numbers, it is rounded up to one, and edges lie halfway between them. If all
/// samples are equal there is one bin around them.
///
/// Throws:  DomainError unless count ≥ 1, min ≤ max are finite and the options are in range.
/// Returns: one edge more than bins, rising; fewer where there are no doubles left between them.
/// Ref:     Freedman & Diaconis, On the histogram as a density estimator (1981); Sturges, The
///          choice of a class interval (1926).
std::vector<double> histogram_edges(const SampleSpread& spread, const BinOptions& options = {});

}  // namespace mathtool::stats
