#pragma once

#include "cli/hypothesis/test_outcome.hpp"

/// Tests of ranks, of signs and of correlation.
namespace mathtool::cli {

stats::TestResult run_mann_whitney(const TestData& data, const TestSettings& settings,
                                   TestOutcome& outcome);
stats::TestResult run_wilcoxon(const TestData& data, const TestSettings& settings,
                               TestOutcome& outcome);
stats::TestResult run_kruskal(const TestData& data, const TestSettings& settings,
                              TestOutcome& outcome);
stats::TestResult run_sign(const TestData& data, const TestSettings& settings,
                           TestOutcome& outcome);
stats::TestResult run_runs(const TestData& data, const TestSettings& settings,
                           TestOutcome& outcome);
stats::TestResult run_cor(const TestData& data, const TestSettings& settings, TestOutcome& outcome);

}  // namespace mathtool::cli
