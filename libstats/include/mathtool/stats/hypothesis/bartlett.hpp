#pragma once

#include <span>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Bartlett's test that the variances of normal samples are equal.
///     K² = ((N − k) log s²ₚ − Σ (nᵢ − 1) log s²ᵢ) / (1 + (Σ 1/(nᵢ − 1) − 1/(N − k)) / (3 (k − 1)))
/// against χ² of k − 1 degrees of freedom. The effect is the largest over the smallest deviation.
///
/// Pre:     normal samples; the test takes long tails for unequal variances (see `levene_test`).
/// Throws:  InsufficientDataError for fewer than two samples, or one without spread.
/// Ref:     Bartlett, Properties of sufficiency and statistical tests (1937).
TestResult bartlett_test(std::span<const Moments> groups);

}  // namespace mathtool::stats
