#pragma once

#include "cli/hypothesis/test_outcome.hpp"

/// Tests of distributions, from all values.
namespace mathtool::cli {

stats::TestResult run_levene(const TestData& data, const TestSettings& settings,
                             TestOutcome& outcome);
stats::TestResult run_ks(const TestData& data, const TestSettings& settings, TestOutcome& outcome);
stats::TestResult run_ks2(const TestData& data, const TestSettings& settings, TestOutcome& outcome);
stats::TestResult run_anderson(const TestData& data, const TestSettings& settings,
                               TestOutcome& outcome);
stats::TestResult run_shapiro(const TestData& data, const TestSettings& settings,
                              TestOutcome& outcome);

}  // namespace mathtool::cli
