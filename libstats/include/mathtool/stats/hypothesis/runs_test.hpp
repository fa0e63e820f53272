#pragma once

#include <optional>
#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct RunsOptions {
  std::optional<double> threshold = {};  ///< none: the median; values equal to it are left out
  bool exact = false;                    ///< count arrangements instead of the normal distribution
  Alternative alternative = Alternative::two_sided;  ///< less: fewer runs, values cling together
};

/// Wald and Wolfowitz's test that a sequence is random, by its runs above and below a threshold.
///     z = (R − E) / √V,   E = 1 + 2ab/n,   V = 2ab (2ab − n) / (n² (n − 1)),   a + b = n
/// `estimate` is R; the effect is R / E, below 1 where values cling together.
///
/// Pre:     no NaN; the order of the values is that of time or place.
/// Throws:  InsufficientDataError where all values lie on one side.
/// Ref:     Wald & Wolfowitz, On a test whether two samples are from the same population (1940);
///          runs.test of R's package tseries.
TestResult runs_test(std::span<const double> x, const RunsOptions& options = {});

}  // namespace mathtool::stats
