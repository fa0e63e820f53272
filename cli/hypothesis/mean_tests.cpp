#include "cli/hypothesis/mean_tests.hpp"

#include <cmath>

#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/stats/distributions/student_t.hpp"
#include "mathtool/stats/hypothesis/bartlett.hpp"
#include "mathtool/stats/hypothesis/jarque_bera.hpp"
#include "mathtool/stats/hypothesis/t_test.hpp"
#include "mathtool/stats/hypothesis/tukey.hpp"
#include "mathtool/stats/hypothesis/two_way_anova.hpp"
#include "mathtool/stats/hypothesis/variance_test.hpp"
#include "mathtool/stats/hypothesis/z_test.hpp"
#include "mathtool/stats/p_adjustment.hpp"

namespace mathtool::cli {
namespace {

using stats::Moments;
using stats::TestResult;

bool is_one_sample(const TestData& data) {
  return data.factors.empty() && data.samples.size() == 1;
}

const Moments& first(const TestData& data) { return data.samples[0].moments; }
const Moments& second(const TestData& data) { return data.samples[1].moments; }

/// All pairs by t tests with the residuals' deviation, as R's pairwise.t.test.
void compare_by_t(const TestData& data, const stats::AnovaRow& residuals,
                  const TestSettings& settings, TestOutcome& outcome) {
  const stats::StudentT t(residuals.df);
  const double reach = quantile_survival(t, settings.alpha / 2);
  std::vector<double> p_values;
  for (std::size_t b = 0; b < data.samples.size(); ++b)
    for (std::size_t a = b + 1; a < data.samples.size(); ++a) {
      const Moments &x = data.samples[a].moments, &y = data.samples[b].moments;
      const double error = std::sqrt(residuals.ms * (1 / x.weight() + 1 / y.weight()));
      const auto gap = static_cast<double>(x.precise_mean() - y.precise_mean());
      outcome.pairs.push_back({data.samples[a].name,
                               data.samples[b].name,
                               gap,
                               {gap - reach * error, gap + reach * error}});
      p_values.push_back(2 * survival(t, std::abs(gap) / error));
    }
  const bool holm = settings.adjust == "holm";
  const Vec adjusted =
      stats::adjust_p_values(p_values, holm ? stats::PAdjustment::holm : stats::PAdjustment::bh);
  for (std::size_t i = 0; i < outcome.pairs.size(); ++i)
    outcome.pairs[i].p_value = adjusted[static_cast<Index>(i)];
  outcome.pairs_method =
      fmt::format("pairs by t tests, p-values after {}; intervals are those of each pair alone",
                  holm ? "Holm" : "Benjamini and Hochberg");
}

void compare_by_range(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  const auto pairs =
      stats::tukey_differences(moments_of(data), settings.level(), settings.run.threads);
  for (const stats::GroupDifference& pair : pairs)
    outcome.pairs.push_back({data.samples[static_cast<std::size_t>(pair.a)].name,
                             data.samples[static_cast<std::size_t>(pair.b)].name, pair.difference,
                             pair.ci, pair.p_value});
  outcome.pairs_method = "pairs by Tukey's honest significant differences";
}

/// Group names without the factor in front, which the heading of the table says.
void shorten_names(const TestData& data, TestOutcome& outcome) {
  if (data.factors.empty()) return;
  const std::size_t head = data.factors[0].size() + 3;
  for (ComparedPair& pair : outcome.pairs) {
    pair.a = pair.a.substr(head);
    pair.b = pair.b.substr(head);
  }
}

constexpr std::size_t most_compared = 50;

}  // namespace

TestResult run_z(const TestData& data, const TestSettings& settings, TestOutcome&) {
  const double mu = settings.mu.value_or(0);
  if (is_one_sample(data))
    return stats::z_test(first(data), mu, settings.sigma, settings.options());
  require_two_samples(data);
  return stats::z_test(first(data), second(data), mu, settings.sigma, settings.options());
}

TestResult run_t(const TestData& data, const TestSettings& settings, TestOutcome&) {
  const double mu = settings.mu.value_or(0);
  if (is_one_sample(data)) return stats::t_test(first(data), mu, settings.options());
  require_two_samples(data);
  return stats::welch_t_test(first(data), second(data), mu, settings.options());
}

TestResult run_t_paired(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::paired_t_test(data.differences, settings.mu.value_or(0), settings.options());
}

TestResult run_t_pooled(const TestData& data, const TestSettings& settings, TestOutcome&) {
  require_two_samples(data);
  return stats::pooled_t_test(first(data), second(data), settings.mu.value_or(0),
                              settings.options());
}

TestResult run_var(const TestData& data, const TestSettings& settings, TestOutcome&) {
  require_two_samples(data);
  return stats::variance_test(first(data), second(data), settings.mu.value_or(1),
                              settings.options());
}

TestResult run_bartlett(const TestData& data, const TestSettings&, TestOutcome&) {
  return stats::bartlett_test(moments_of(data));
}

TestResult run_anova(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  stats::Anova found = stats::anova(moments_of(data), settings.level());
  outcome.table = std::move(found.table);
  outcome.table.front().source = data.factors.empty() ? "columns" : data.factors[0];
  if (data.samples.size() > most_compared) {
    outcome.notes.push_back(
        fmt::format("{} groups are too many to compare all pairs, of {} at most",
                    data.samples.size(), most_compared));
  } else if (settings.adjust.empty() || settings.adjust == "tukey") {
    compare_by_range(data, settings, outcome);
  } else {
    compare_by_t(data, outcome.table.back(), settings, outcome);
  }
  shorten_names(data, outcome);
  return found.test;
}

TestResult run_anova2(const TestData& data, const TestSettings& settings, TestOutcome& outcome) {
  require<InsufficientDataError>(!data.cells.empty(), "no row is left to form groups of");
  stats::Anova found =
      stats::two_way_anova(data.cells, std::ssize(data.column_levels),
                           {.first = data.factors[0],
                            .second = data.factors[1],
                            .sums = settings.marginal ? stats::SumsOfSquares::marginal
                                                      : stats::SumsOfSquares::sequential,
                            .level = settings.level()});
  outcome.table = std::move(found.table);
  return found.test;
}

TestResult run_jarque_bera(const TestData& data, const TestSettings&, TestOutcome&) {
  return stats::jarque_bera_test(first(data));
}

}  // namespace mathtool::cli
