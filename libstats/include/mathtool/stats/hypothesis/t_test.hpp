#pragma once

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// Student's t test of one mean, or of the mean of differences of pairs.
///     t = (x̄ − μ) / (s / √n),   df = n − 1,   effect d = (x̄ − μ) / s
/// The interval of d is that of the noncentrality of t.
///
/// Pre:     the values are independent and normal, or many.
/// Throws:  InsufficientDataError for fewer than two values and for values without spread;
///          DomainError for options out of range.
/// Ref:     Student, The probable error of a mean (1908); Cohen, Statistical Power Analysis (1988).
TestResult t_test(const Moments& x, double mu = 0, const TestOptions& options = {});

/// The same for the differences of pairs.
TestResult paired_t_test(const Moments& differences, double mu = 0,
                         const TestOptions& options = {});

/// Welch's t test of two means, whose variances may differ.
///     t = (x̄ − ȳ − μ) / √(s²ₓ/m + s²ᵧ/n),   df = (a + b)² / (a²/(m − 1) + b²/(n − 1))
/// with a = s²ₓ/m and b = s²ᵧ/n. The effect is d = (x̄ − ȳ − μ) / s of the pooled s.
/// Throws:  as above, the spread being that of both samples together.
/// Ref:     Welch, The generalization of "Student's" problem (1947).
TestResult welch_t_test(const Moments& x, const Moments& y, double mu = 0,
                        const TestOptions& options = {});

/// Student's t test of two means with one variance: s² pooled, df = m + n − 2.
TestResult pooled_t_test(const Moments& x, const Moments& y, double mu = 0,
                         const TestOptions& options = {});

}  // namespace mathtool::stats
