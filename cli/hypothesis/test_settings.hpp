#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/options.hpp"
#include "cli/table_input.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::cli {

struct TestKind;

/// What `test` was asked for, as words.
struct TestWords {
  TableOptions table = {};
  std::string kind = {}, by = {}, mu = {}, alternative = "two-sided", alpha = "0.05";
  std::string permutations = {}, bootstraps = {}, fail_if = {};
  std::string sigma = {}, distribution = {}, method = {}, centre = {}, success = {}, expected = {};
  std::string sums = {}, adjust = {};
  bool exact = false, no_continuity = false;

  void declare(Options& options);
};

/// The same as numbers, checked against what the kind of test can use.
struct TestSettings {
  const TestKind* kind = nullptr;
  std::optional<double> mu = {};  ///< none: the kind's own default
  stats::Alternative alternative = stats::Alternative::two_sided;
  double alpha = 0.05;
  bool exact = false, continuity = true;
  std::int64_t permutations = 0, bootstraps = 0;  ///< 0: none
  std::optional<double> sigma = {};
  std::string distribution = {}, method = "pearson", success = {}, expected = {}, adjust = {};
  bool by_means = false;  ///< levene: deviations from means instead of medians
  bool marginal = false;  ///< anova2: sums of squares of type II
  std::uint64_t seed = 0;
  RunControl run = {};

  double level() const { return 1 - alpha; }
  stats::TestOptions options() const { return {alternative, level()}; }
};

/// Throws: DomainError for numbers out of range and for options that the kind has no use for.
TestSettings read_settings(const TestWords& words, const GlobalOptions& global);

}  // namespace mathtool::cli
