#include "cli/hypothesis/rank_tests.hpp"

#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/stats/hypothesis/correlation_test.hpp"
#include "mathtool/stats/hypothesis/kruskal_wallis.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/runs_test.hpp"
#include "mathtool/stats/hypothesis/sign_test.hpp"
#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"

namespace mathtool::cli {
namespace {

using stats::TestResult;

stats::RankTestOptions rank_options(const TestSettings& settings) {
  return {.method = settings.exact ? stats::RankMethod::exact : stats::RankMethod::automatic,
          .continuity = settings.continuity,
          .alternative = settings.alternative,
          .level = settings.level()};
}

}  // namespace

TestResult run_mann_whitney(const TestData& data, const TestSettings& settings, TestOutcome&) {
  require_two_samples(data);
  return stats::mann_whitney_test(data.samples[0].values, data.samples[1].values,
                                  settings.mu.value_or(0), rank_options(settings));
}

TestResult run_wilcoxon(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::wilcoxon_signed_rank_test(values_or_differences(data), settings.mu.value_or(0),
                                          rank_options(settings));
}

TestResult run_kruskal(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::kruskal_wallis_test(values_of(data), settings.level());
}

TestResult run_sign(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::sign_test(values_or_differences(data), settings.mu.value_or(0), settings.options());
}

TestResult run_runs(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::runs_test(
      data.samples[0].values,
      {.threshold = settings.mu, .exact = settings.exact, .alternative = settings.alternative});
}

TestResult run_cor(const TestData& data, const TestSettings& settings, TestOutcome&) {
  if (settings.method == "spearman")
    return stats::spearman_test(data.x, data.y, settings.options());
  if (settings.method == "kendall") return stats::kendall_test(data.x, data.y, settings.options());
  require<InsufficientDataError>(data.covariance.observations > 0,
                                 "no row has values in both columns");
  return stats::pearson_test(data.covariance, settings.options());
}

}  // namespace mathtool::cli
