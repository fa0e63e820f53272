#pragma once

#include "cli/hypothesis/test_outcome.hpp"

/// Tests that need sums alone: means and variances.
namespace mathtool::cli {

stats::TestResult run_z(const TestData& data, const TestSettings& settings, TestOutcome& outcome);
stats::TestResult run_t(const TestData& data, const TestSettings& settings, TestOutcome& outcome);
stats::TestResult run_t_paired(const TestData& data, const TestSettings& settings,
                               TestOutcome& outcome);
stats::TestResult run_t_pooled(const TestData& data, const TestSettings& settings,
                               TestOutcome& outcome);
stats::TestResult run_var(const TestData& data, const TestSettings& settings, TestOutcome& outcome);
stats::TestResult run_bartlett(const TestData& data, const TestSettings& settings,
                               TestOutcome& outcome);
stats::TestResult run_anova(const TestData& data, const TestSettings& settings,
                            TestOutcome& outcome);
stats::TestResult run_anova2(const TestData& data, const TestSettings& settings,
                             TestOutcome& outcome);
stats::TestResult run_jarque_bera(const TestData& data, const TestSettings& settings,
                                  TestOutcome& outcome);

}  // namespace mathtool::cli
