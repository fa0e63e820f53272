#pragma once

#include "mathtool/stats/hypothesis/anova.hpp"

namespace mathtool::stats {

/// Mean squares, F and p of all rows above the last, which holds the residuals.
void complete_table(std::vector<AnovaRow>& table);

/// A test of one row of a table against its residuals, with partial η².
void set_f_test(TestResult& result, const AnovaRow& row, const AnovaRow& residuals, double level);

}  // namespace mathtool::stats
