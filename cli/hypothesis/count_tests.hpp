#pragma once

#include "cli/hypothesis/test_outcome.hpp"

/// Tests of how often levels occur.
namespace mathtool::cli {

stats::TestResult run_chisq_fit(const TestData& data, const TestSettings& settings,
                                TestOutcome& outcome);
stats::TestResult run_chisq(const TestData& data, const TestSettings& settings,
                            TestOutcome& outcome);
stats::TestResult run_fisher(const TestData& data, const TestSettings& settings,
                             TestOutcome& outcome);
stats::TestResult run_prop(const TestData& data, const TestSettings& settings,
                           TestOutcome& outcome);
stats::TestResult run_binom(const TestData& data, const TestSettings& settings,
                            TestOutcome& outcome);

}  // namespace mathtool::cli
