#pragma once

#include <optional>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Test of one mean where the standard deviation is known beforehand.
///     z = (x̄ − μ) / (σ / √n),   effect d = (x̄ − μ) / σ
/// Without σ that of the sample stands for it, which is right for many values only.
///
/// Throws:  InsufficientDataError for no value (without σ: for less than two, or no spread);
///          DomainError for σ ≤ 0 and options out of range.
TestResult z_test(const Moments& x, double mu = 0, std::optional<double> sigma = {},
                  const TestOptions& options = {});

/// Test of two means: z = (x̄ − ȳ − μ) / √(σ²/m + σ²/n), without σ of each sample's own.
TestResult z_test(const Moments& x, const Moments& y, double mu = 0,
                  std::optional<double> sigma = {}, const TestOptions& options = {});

}  // namespace mathtool::stats
