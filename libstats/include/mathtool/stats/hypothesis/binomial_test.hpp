#pragma once

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Exact test of a probability by the number of successes.
///     p-value = Σ P(K = k) over the k that are no likelier than what was seen; one side: P(K ≥ k)
/// with the interval of Clopper and Pearson and Cohen's h = 2 asin √p̂ − 2 asin √p.
///
/// Throws:  InsufficientDataError for no trial or counts that are not whole; DomainError unless
///          0 ≤ successes ≤ trials and 0 ≤ p ≤ 1.
/// Ref:     Clopper & Pearson, The use of confidence or fiducial limits (1934); R's binom.test.
TestResult binomial_test(double successes, double trials, double p = 0.5,
                         const TestOptions& options = {});

}  // namespace mathtool::stats
