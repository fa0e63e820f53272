#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/hypothesis/test_data.hpp"
#include "cli/hypothesis/test_settings.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/hypothesis/bootstrap.hpp"
#include "mathtool/stats/hypothesis/permutation.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::cli {

/// Two groups compared after an analysis of variance.
struct ComparedPair {
  std::string a = {}, b = {};
  double difference = not_a_number;  ///< of a less b
  stats::Interval ci = {not_a_number, not_a_number};
  double p_value = not_a_number;
};

/// What a test takes for granted, and what the data say about it.
struct CheckedAssumption {
  std::string assumption = {};  ///< "am = 0 is normal"
  std::string check = {};       ///< "Shapiro and Wilk"
  double p_value = not_a_number;
  bool doubtful = false;
};

/// All that `test` found out about one set of data.
struct TestOutcome {
  stats::TestResult result = {};
  std::vector<stats::AnovaRow> table = {};
  std::vector<ComparedPair> pairs = {};
  std::string pairs_method = {};
  std::vector<CheckedAssumption> assumptions = {};
  std::optional<stats::PermutationTest> permutation = {};
  std::optional<stats::Bootstrap> bootstrap = {};
  std::vector<std::string> notes = {};
};

/// Throws: InsufficientDataError where the data cannot support the test; DomainError where options
///         do not suit them; Stopped.
TestOutcome run_test(const TestData& data, const TestSettings& settings);

}  // namespace mathtool::cli
