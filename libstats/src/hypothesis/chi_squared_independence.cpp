#include "mathtool/stats/hypothesis/chi_squared_independence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "counts.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/chi_squared.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"

namespace mathtool::stats {

Mat occupied_table(const MatRef& counts) {
  std::vector<Index> rows, columns;
  for (Index i = 0; i < counts.rows(); ++i)
    if ((counts.row(i).array() > 0).any()) rows.push_back(i);
  for (Index j = 0; j < counts.cols(); ++j)
    if ((counts.col(j).array() > 0).any()) columns.push_back(j);
  require<InsufficientDataError>(
      rows.size() >= 2 && columns.size() >= 2,
      "the table of counts is {} x {}; both variables must take two levels at least", rows.size(),
      columns.size());
  return counts(rows, columns);
}

TestResult chi_squared_independence_test(const MatRef& counts, const IndependenceOptions& options) {
  require_level(options.level);
  for (Index j = 0; j < counts.cols(); ++j)
    for (Index i = 0; i < counts.rows(); ++i)
      require(counts(i, j) >= 0 && std::isfinite(counts(i, j)), "test: counts must be >= 0, got {}",
              counts(i, j));
  const Mat table = occupied_table(counts);
  const Vec rows = table.rowwise().sum(), columns = table.colwise().sum().transpose();
  const double n = rows.sum();
  require<InsufficientDataError>(std::isfinite(n), "the counts are too large to be added");
  const Mat expected = rows * (columns.transpose() / n);  // a product of margins could overflow
  const Mat gaps = (table - expected).cwiseAbs();
  const bool corrected = options.continuity && table.rows() == 2 && table.cols() == 2;
  const double correction = corrected ? std::min(0.5, gaps.minCoeff()) : 0;
  math::CompensatedSum plain, yates;
  for (Index j = 0; j < table.cols(); ++j)
    for (Index i = 0; i < table.rows(); ++i) {
      const double gap = gaps(i, j) - correction;
      plain += gaps(i, j) * (gaps(i, j) / expected(i, j));
      yates += gap * (gap / expected(i, j));
    }
  const auto df = static_cast<double>((table.rows() - 1) * (table.cols() - 1));
  TestResult result{.method = corrected ? "chi-squared test of independence, Yates' correction"
                                        : "chi-squared test of independence",
                    .null_hypothesis = "the two variables are independent",
                    .statistic_name = "chi squared",
                    .statistic = yates.value(),
                    .df = {df},
                    .alternative = Alternative::greater,
                    .n = n};
  set_upper_p_value(result, ChiSquared(df));
  const double unit = n * static_cast<double>(std::min(table.rows(), table.cols()) - 1);
  const Interval nc = noncentral_chi_squared_interval(plain.value(), df, options.level);
  const auto cramer = [&](double x) { return std::min(1.0, std::sqrt(x / unit)); };
  result.effect_size = {"Cramer's V", cramer(plain.value()), {cramer(nc.low), cramer(nc.high)}};
  result.estimate_name = result.effect_size.name;
  result.estimate = result.effect_size.value;
  result.ci = result.effect_size.ci;
  note_small_expectation(result, expected.minCoeff(), "use the exact test: fisher");
  return result;
}

}  // namespace mathtool::stats
