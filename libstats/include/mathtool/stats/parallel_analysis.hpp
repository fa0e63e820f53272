#pragma once

#include <cstdint>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

struct ParallelAnalysisOptions {
  int tables = 200;          ///< ≥ 1
  double percentile = 0.95;  ///< in (0, 1)
  bool standardize = true;   ///< eigenvalues of correlation rather than covariance matrices
  std::uint64_t seed = 0;
  int threads = 0;  ///< 0: all; never changes a bit
};

/// What the eigenvalues would be if the columns were independent: for each rank, the percentile
/// over simulated tables of n rows and independent normal columns with the given standard
/// deviations. The covariance of a table is drawn directly from its Wishart distribution where n >
/// p.
///
/// Shapes: `sd` has p entries; the result min(n − 1, p), descending.
/// Throws: DimensionError unless n ≥ 2, p ≥ 1; DomainError for options out of range.
/// Cost:   tables · p³ time; tables · n p min(n, p) where n ≤ p.
/// Ref:    Horn, A rationale and test for the number of factors in factor analysis (1965);
///         Bartlett, On the theory of statistical regression (1933).
Vec parallel_analysis(std::int64_t n, const VecRef& sd,
                      const ParallelAnalysisOptions& options = {});

}  // namespace mathtool::stats
