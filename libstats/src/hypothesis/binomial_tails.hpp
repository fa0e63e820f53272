#pragma once

#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

/// The p-value and the interval of p that go with a number of successes.
void set_binomial_p_value(TestResult& result, double successes, double trials, double p);
Interval clopper_pearson(double successes, double trials, const TestOptions& options);

/// 2 asin √p: on this scale differences of proportions are equally easy to see everywhere.
double angle_of(double proportion);

}  // namespace mathtool::stats
