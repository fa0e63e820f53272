#include "cli/hypothesis/count_tests.hpp"

#include <algorithm>

#include "cli/constant_expression.hpp"
#include "cli/hypothesis/test_samples.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/stats/hypothesis/binomial_test.hpp"
#include "mathtool/stats/hypothesis/chi_squared_fit.hpp"
#include "mathtool/stats/hypothesis/chi_squared_independence.hpp"
#include "mathtool/stats/hypothesis/fisher_exact.hpp"
#include "mathtool/stats/hypothesis/proportion_test.hpp"

namespace mathtool::cli {
namespace {

using stats::TestResult;

std::size_t place_of(const std::string& level, const std::vector<std::string>& levels,
                     const char* option) {
  const auto place = std::find(levels.begin(), levels.end(), level);
  require(place != levels.end(), "{}: there is no level '{}'{}", option, level,
          did_you_mean(level, levels));
  return static_cast<std::size_t>(place - levels.begin());
}

/// "a:1,b:2": a weight for each level.
std::vector<double> expected_weights(const TestData& data, const std::string& text) {
  if (text.empty()) return {};
  std::vector<double> weights(data.row_levels.size(), -1);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    const std::size_t colon = item.rfind(':');
    require(colon != std::string::npos, "--expected: '{}' is not of the form LEVEL:P", item);
    const std::size_t place = place_of(item.substr(0, colon), data.row_levels, "--expected");
    require(weights[place] < 0, "--expected: level '{}' is given twice", item.substr(0, colon));
    weights[place] = constant_expression(item.substr(colon + 1), "--expected");
    require(weights[place] >= 0, "--expected: '{}' is below 0", item);
    begin = end + 1;
  }
  for (std::size_t i = 0; i < weights.size(); ++i)
    require(weights[i] >= 0, "--expected says nothing of level '{}'", data.row_levels[i]);
  return weights;
}

/// Two levels of what is counted; the groups, if any, are the rows of the table.
struct Successes {
  std::vector<double> successes, trials;
};

Successes count_successes(const TestData& data, const TestSettings& settings) {
  const bool grouped = data.factors.size() == 2;
  const std::vector<std::string>& levels = grouped ? data.column_levels : data.row_levels;
  // Without success or without failure there is one level: of 0 and 1 it is known which.
  require<InsufficientDataError>(!levels.empty(), "no row is left to count");
  require<InsufficientDataError>(levels.size() <= 2 || !settings.success.empty(),
                                 "'{}' has {} levels; say with --success which one counts",
                                 data.factors.back(), levels.size());
  std::size_t place = levels.size() - 1;
  if (!settings.success.empty()) {
    const bool absent = std::find(levels.begin(), levels.end(), settings.success) == levels.end();
    if (absent && levels.size() < 2)
      place = levels.size();  // it may be a level that did not occur
    else
      place = place_of(settings.success, levels, "--success");
  } else if (levels.size() == 1) {
    require<InsufficientDataError>(levels[0] == "0" || levels[0] == "1",
                                   "'{}' has one level, '{}'; say with --success which one counts",
                                   data.factors.back(), levels[0]);
    if (levels[0] == "0") place = 1;
  }
  const Mat counts = grouped ? data.counts : Mat(data.counts.transpose());
  Successes result;
  for (Index i = 0; i < counts.rows(); ++i) {
    result.trials.push_back(counts.row(i).sum());
    result.successes.push_back(place < levels.size() ? counts(i, static_cast<Index>(place)) : 0.0);
  }
  return result;
}

}  // namespace

TestResult run_chisq_fit(const TestData& data, const TestSettings& settings, TestOutcome&) {
  const Vec counts = data.counts.reshaped();
  const std::vector<double> weights = expected_weights(data, settings.expected);
  return stats::chi_squared_fit_test({counts.data(), static_cast<std::size_t>(counts.size())},
                                     weights, settings.level());
}

TestResult run_chisq(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::chi_squared_independence_test(
      data.counts, {.continuity = settings.continuity, .level = settings.level()});
}

TestResult run_fisher(const TestData& data, const TestSettings& settings, TestOutcome&) {
  return stats::fisher_exact_test(data.counts, {.alternative = settings.alternative,
                                                .odds_ratio = settings.mu.value_or(1),
                                                .level = settings.level(),
                                                .stop = settings.run.stop});
}

TestResult run_prop(const TestData& data, const TestSettings& settings, TestOutcome&) {
  const Successes found = count_successes(data, settings);
  const stats::ProportionOptions options{.alternative = settings.alternative,
                                         .continuity = settings.continuity,
                                         .level = settings.level()};
  if (data.factors.size() < 2)
    return stats::proportion_test(found.successes[0], found.trials[0], settings.mu.value_or(0.5),
                                  options);
  require(!settings.mu, "--mu is for one proportion; groups are compared with each other");
  return stats::proportion_test(found.successes, found.trials, options);
}

TestResult run_binom(const TestData& data, const TestSettings& settings, TestOutcome&) {
  const Successes found = count_successes(data, settings);
  return stats::binomial_test(found.successes[0], found.trials[0], settings.mu.value_or(0.5),
                              settings.options());
}

}  // namespace mathtool::cli
