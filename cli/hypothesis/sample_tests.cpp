#include "cli/hypothesis/sample_tests.hpp"

#include <cmath>

#include "cli/hypothesis/test_samples.hpp"
#include "cli/hypothesis/test_settings.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/distributions/normal.hpp"
#include "mathtool/stats/hypothesis/anderson_darling.hpp"
#include "mathtool/stats/hypothesis/kolmogorov_smirnov_test.hpp"
#include "mathtool/stats/hypothesis/levene.hpp"
#include "mathtool/stats/hypothesis/shapiro_wilk.hpp"

namespace mathtool::cli {
namespace {

using stats::TestResult;

stats::KolmogorovOptions distance_options(const TestSettings& settings) {
  return {.method = settings.exact ? stats::RankMethod::exact : stats::RankMethod::automatic,
          .alternative = settings.alternative};
}

}  // namespace

TestResult run_levene(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::levene_test(
      values_of(data), settings.by_means ? stats::LeveneCentre::mean : stats::LeveneCentre::median,
      settings.level());
}

TestResult run_ks(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  const TestSample& sample = data.samples[0];
  if (!settings.distribution.empty()) {
    TestResult result = stats::kolmogorov_smirnov_test(
        sample.values, stats::parse_distribution(settings.distribution),
        distance_options(settings));
    result.null_hypothesis = fmt::format("the values come from {}", settings.distribution);
    return result;
  }
  const double variance = sample.moments.variance();
  require<InsufficientDataError>(
      variance > 0 && std::isfinite(variance),
      "the values have no {}spread; name a distribution to compare with "
      "by --distribution",
      std::isfinite(variance) || sample.moments.count() < 2 ? "" : "finite ");
  const stats::Normal normal(sample.moments.mean(), sample.moments.standard_deviation());
  TestResult result =
      stats::kolmogorov_smirnov_test(sample.values, normal, distance_options(settings));
  result.null_hypothesis = fmt::format("the values come from normal({:.6g}, {:.6g})", normal.mean(),
                                       sample.moments.standard_deviation());
  outcome.notes.push_back(
      "mean and sd were taken from the sample, so the p-value is too large; shapiro and anderson "
      "allow for that");
  return result;
}

TestResult run_ks2(const TestData& data, const TestSettings& settings, TestOutcome&) {
  require_two_samples(data);
  return stats::kolmogorov_smirnov_test(data.samples[0].values, data.samples[1].values,
                                        distance_options(settings));
}

TestResult run_anderson(const TestData& data, const TestSettings&, TestOutcome&) {
  return stats::anderson_darling_test(data.samples[0].values);
}

TestResult run_shapiro(const TestData& data, const TestSettings&, TestOutcome&) {
  return stats::shapiro_wilk_test(data.samples[0].values);
}

}  // namespace mathtool::cli
