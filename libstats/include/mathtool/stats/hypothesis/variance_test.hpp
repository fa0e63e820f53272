#pragma once

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// F test of two variances.
///     F = (s²ₓ / s²ᵧ) / ratio,   df = (m − 1, n − 1),   effect sₓ / sᵧ
///
/// Pre:     both samples are normal: the test is sensitive to it however many values there are.
/// Throws:  InsufficientDataError for fewer than two values or no spread in a sample; DomainError
///          for ratio ≤ 0 and options out of range.
/// Ref:     Snedecor & Cochran, Statistical Methods (1989), §6.12.
TestResult variance_test(const Moments& x, const Moments& y, double ratio = 1,
                         const TestOptions& options = {});

}  // namespace mathtool::stats
