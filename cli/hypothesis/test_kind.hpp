#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "mathtool/stats/hypothesis/permutation.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::cli {

struct TestData;
struct TestSettings;
struct TestOutcome;

/// How the columns of a table are taken.
enum class TestLayout {
  one_sample,     ///< one column
  one_or_two,     ///< one column, or two samples: --by with two levels, or two columns
  two_samples,    ///< two samples
  groups,         ///< samples by --by, or a column each
  two_factors,    ///< one column by two factors
  paired,         ///< two columns, row by row
  one_or_paired,  ///< one column, or the differences of two
  counted,        ///< levels of one variable
  cross_counted,  ///< levels of two variables
  successes       ///< two levels, in groups if --by is given
};

constexpr bool counts_levels(TestLayout layout) {
  return layout == TestLayout::counted || layout == TestLayout::cross_counted ||
         layout == TestLayout::successes;
}
constexpr bool takes_pairs(TestLayout layout) {
  return layout == TestLayout::paired || layout == TestLayout::one_or_paired;
}

/// One KIND of `test`: how its data look, what it can be asked, what it computes.
struct TestKind {
  std::string_view name, summary;
  TestLayout layout;
  std::string_view takes = {};  ///< options of its own beside --alpha, as in "mu alternative exact"
  bool keeps_all = false;       ///< every value stays in memory; else sums are enough
  bool checks_normality = false, checks_variances = false;
  std::string_view instead = {};  ///< the kind to use where assumptions fail
  stats::TestResult (*run)(const TestData& data, const TestSettings& settings,
                           TestOutcome& outcome) = nullptr;
  /// What --bootstrap draws again; null: nothing.
  double (*estimate)(std::span<const std::vector<double>> samples,
                     const TestSettings& settings) = nullptr;
  /// Replaces the p-value by that of --permutation; null: cannot.
  stats::PermutationTest (*permute)(const TestData& data, const TestSettings& settings,
                                    const stats::PermutationOptions& options) = nullptr;

  bool can(std::string_view option) const;
};

std::span<const TestKind> test_kinds();

/// Throws: DomainError with the nearest name.
const TestKind& find_test_kind(std::string_view name);

}  // namespace mathtool::cli
