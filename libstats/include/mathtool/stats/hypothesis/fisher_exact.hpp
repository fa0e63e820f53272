#pragma once

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct FisherOptions {
  Alternative alternative = Alternative::two_sided;  ///< of 2 × 2 tables
  double odds_ratio = 1;  ///< under the null hypothesis, of 2 × 2 tables
  double level = 0.95;    ///< of the interval, in (0, 1)
  double budget = 2e7;    ///< steps through larger tables
  StopToken stop = {};
};

/// Fisher's exact test: given both margins, how likely is a table no likelier than this one?
///     P(table) = Π rᵢ! Π cⱼ! / (N! Π nᵢⱼ!)
/// Of a 2 × 2 table `estimate` is the odds ratio of largest conditional likelihood with its exact
/// interval; of larger ones the effect is Cramér's V.
///
/// Throws:  InsufficientDataError for counts that are not whole, fewer than two rows or columns;
///          DomainError; Stopped.
/// Returns: out_of_budget with a NaN p-value for a table that needs more steps than the budget.
/// Cost:    of larger tables as the number of different remaining margins, column by column, times
///          what they were reached by: 4 × 4 with 100 observations is a second.
/// Ref:     Fisher, The logic of inductive inference (1935); Mehta & Patel, A network algorithm for
///          performing Fisher's exact test in r × c contingency tables (1983).
TestResult fisher_exact_test(const MatRef& counts, const FisherOptions& options = {});

}  // namespace mathtool::stats
