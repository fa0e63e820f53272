#pragma once

#include <span>

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Sign test that the median, of values or of differences of pairs, is μ: the exact binomial test
/// of how many lie above. Values equal to μ are left out. `estimate` is the median with the
/// interval of two order statistics that covers the level at least; the effect is the share above
/// less the share below.
///
/// Pre:     no NaN.
/// Throws:  InsufficientDataError where no value differs from μ.
/// Ref:     Arbuthnott (1710); Dixon & Mood, The statistical sign test (1946).
TestResult sign_test(std::span<const double> x, double mu = 0, const TestOptions& options = {});

}  // namespace mathtool::stats
