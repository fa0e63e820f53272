#pragma once

#include <string>
#include <vector>

#include "cli/hypothesis/test_settings.hpp"
#include "cli/input_report.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::cli {

/// The values of one group, or of one column.
struct TestSample {
  std::string name = {};  ///< "am = 0"
  stats::Moments moments = {};
  std::vector<double> values = {};  ///< if `kept`, each as often as its weight says
  bool kept = false;
};

/// What a test is made on, in the order of sorted levels.
struct TestData {
  std::vector<std::string> columns = {}, factors = {};
  std::vector<TestSample> samples = {};
  std::vector<double> x = {}, y = {};  ///< of pairs, if kept
  stats::Moments differences = {};     ///< of pairs
  stats::CovarianceEstimate covariance = {};
  std::vector<std::string> row_levels = {}, column_levels = {};
  std::vector<stats::Moments> cells = {};  ///< of two factors, row after row
  Mat counts = {};                         ///< of levels: row levels x column levels
};

/// The data of all groups of -g, and what reading has shown.
struct GatheredTestData {
  std::vector<std::vector<std::string>> levels = {};  ///< of -g; one of none without
  std::vector<TestData> data = {};
  data::RowCount count = {};
  MissingTexts missing_texts = {};
};

/// One pass over the table. Sums are kept, and values as far as the test, a check of normality, a
/// figure, --permutation or --bootstrap needs them.
/// Throws: DomainError where columns and --by do not suit the kind of test; DataError where the
///         values need more memory than there may be.
GatheredTestData gather_test_data(TableInput& input, const TestWords& words,
                                  const TestSettings& settings, const GlobalOptions& global);

}  // namespace mathtool::cli
