#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct IndependenceOptions {
  bool continuity = true;  ///< Yates' correction, which is for 2 × 2 tables alone
  double level = 0.95;     ///< of intervals, in (0, 1)
};

/// Pearson's test that rows and columns of a table of counts are independent. For more than two
/// variables and measures of dependence see `independence`.
///     χ² = Σ (|O − E| − c)² / E,   df = (r − 1) (k − 1),   V = √(χ² / (N min(r − 1, k − 1)))
/// with c = min(½, |O − E|) of a 2 × 2 table, else 0. V, Cramér's, is that of the uncorrected χ².
///
/// Throws:  DomainError for negative counts; InsufficientDataError unless two rows and two columns
///          hold counts.
/// Ref:     Agresti, Categorical Data Analysis (2002), §3.2; R's chisq.test.
TestResult chi_squared_independence_test(const MatRef& counts,
                                         const IndependenceOptions& options = {});

/// The table without rows and columns that hold nothing.
Mat occupied_table(const MatRef& counts);

}  // namespace mathtool::stats
