#include "cli/hypothesis/test_outcome.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/hypothesis/test_kind.hpp"
#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/stats/hypothesis/bartlett.hpp"
#include "mathtool/stats/hypothesis/jarque_bera.hpp"
#include "mathtool/stats/hypothesis/levene.hpp"
#include "mathtool/stats/hypothesis/shapiro_wilk.hpp"

namespace mathtool::cli {
namespace {

using stats::TestResult;

constexpr double doubtful_below = 0.05;
constexpr std::size_t most_checked = 20;  // groups; of more nobody reads the list

void add_check(std::string assumption, std::string check, const TestResult& found,
               TestOutcome& outcome) {
  outcome.assumptions.push_back(
      {std::move(assumption), std::move(check), found.p_value, found.p_value < doubtful_below});
}

/// What cannot be checked, of too few values or of equal ones, is left out.
template <class Check>
void try_check(const Check& check) {
  try {
    check();
  } catch (const InsufficientDataError&) { return; }
}

void check_normality(const std::string& name, const stats::Moments& moments,
                     std::span<const double> values, bool kept, TestOutcome& outcome) {
  try_check([&] {
    if (kept && values.size() <= stats::shapiro_wilk_most)
      add_check(fmt::format("{} is normal", name), "Shapiro and Wilk",
                stats::shapiro_wilk_test(values), outcome);
    else
      add_check(fmt::format("{} is normal", name), "Jarque and Bera",
                stats::jarque_bera_test(moments), outcome);
  });
}

void check_variances(const TestData& data, TestOutcome& outcome) {
  bool kept = true;
  for (const TestSample& sample : data.samples) kept = kept && sample.kept;
  try_check([&] {
    if (kept)
      add_check("variances are equal", "Levene, by medians", stats::levene_test(values_of(data)),
                outcome);
    else
      add_check("variances are equal", "Bartlett", stats::bartlett_test(moments_of(data)), outcome);
  });
}

void check_assumptions(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  const TestKind& kind = *settings.kind;
  const bool ranks = kind.name == "cor" && settings.method != "pearson";
  if (kind.checks_normality && !ranks) {
    if (kind.name == "t-paired") {
      check_normality("the difference", data.differences, values_or_differences(data),
                      !data.x.empty(), outcome);
    } else if (data.samples.size() <= most_checked) {
      for (const TestSample& sample : data.samples)
        check_normality(sample.name, sample.moments, sample.values, sample.kept, outcome);
    } else {
      outcome.notes.push_back(fmt::format("normality was not checked: {} groups are more than {}",
                                          data.samples.size(), most_checked));
    }
  }
  if (kind.checks_variances) check_variances(data, outcome);
  // Means of many values are nearly normal whatever the values are; variances are not.
  const bool robust = kind.name != "var" && kind.name != "bartlett" &&
                      outcome.result.n > static_cast<double>(stats::shapiro_wilk_most);
  for (const CheckedAssumption& each : outcome.assumptions) {
    if (!each.doubtful || (robust && each.assumption.ends_with("is normal"))) continue;
    outcome.notes.push_back(
        fmt::format("it is doubtful that {} (p = {:.2g}); {} needs no such "
                    "thing",
                    each.assumption, each.p_value, kind.instead));
    break;
  }
}

/// The p-value by random arrangements instead of the theory's.
void apply_permutation(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  const TestKind& kind = *settings.kind;
  require(kind.permute, "test {} has no use for --permutation; leave it out", kind.name);
  outcome.permutation = kind.permute(data, settings,
                                     {.permutations = settings.permutations,
                                      .alternative = settings.alternative,
                                      .seed = settings.seed,
                                      .run = settings.run});
  outcome.result.status = Status::converged;  // whatever kept the theory from its own p-value
  outcome.result.p_value = outcome.permutation->p_value;
  outcome.result.log10_p = std::log10(outcome.permutation->p_value);
  outcome.notes.push_back(
      fmt::format("the p-value is that of {} random arrangements, known to about {:.2g}",
                  settings.permutations, outcome.permutation->std_error));
}

/// The interval of the estimate by samples drawn again.
void apply_bootstrap(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  const TestKind& kind = *settings.kind;
  std::vector<std::vector<double>> samples;
  bool rows_together = false;
  if (kind.layout == TestLayout::one_or_paired || kind.name == "t-paired") {
    samples = {values_or_differences(data)};
  } else if (kind.layout == TestLayout::paired) {
    samples = {data.x, data.y};
    rows_together = true;
  } else {
    samples = values_of(data);
  }
  std::vector<Index> sizes;
  for (const std::vector<double>& sample : samples) sizes.push_back(std::ssize(sample));
  if (rows_together) sizes.resize(1);
  const auto statistic = [&](stats::DrawnRows rows) {
    std::vector<std::vector<double>> drawn(samples.size());
    for (std::size_t s = 0; s < samples.size(); ++s)
      for (const Index row : rows[rows_together ? 0 : s])
        drawn[s].push_back(samples[s][static_cast<std::size_t>(row)]);
    try {
      return kind.estimate(drawn, settings);
    } catch (const InsufficientDataError&) { return not_a_number; }
  };
  outcome.bootstrap = stats::bootstrap(sizes, statistic,
                                       {.samples = settings.bootstraps,
                                        .level = settings.level(),
                                        .seed = settings.seed,
                                        .run = settings.run});
  const bool bca = std::isfinite(outcome.bootstrap->bca.low);
  outcome.result.ci = bca ? outcome.bootstrap->bca : outcome.bootstrap->percentile;
  outcome.notes.push_back(
      fmt::format("the interval of the {} is {} of {} bootstrap samples, two-sided",
                  outcome.result.estimate_name, bca ? "BCa" : "the percentile interval",
                  outcome.bootstrap->samples));
}

}  // namespace

TestOutcome run_test(const TestData& data, const TestSettings& settings) {
  TestOutcome outcome;
  outcome.result = settings.kind->run(data, settings, outcome);
  if (settings.permutations > 0) apply_permutation(data, settings, outcome);
  if (settings.bootstraps > 0) apply_bootstrap(data, settings, outcome);
  std::vector<std::string>& notes = outcome.result.notes;
  if (settings.permutations > 0) notes.clear();  // they speak of the theory's p-value
  outcome.notes.insert(outcome.notes.begin(), notes.begin(), notes.end());
  check_assumptions(data, settings, outcome);
  return outcome;
}

}  // namespace mathtool::cli
