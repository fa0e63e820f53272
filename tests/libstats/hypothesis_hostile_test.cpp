#include <cmath>
#include <vector>

#include "estimates.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distributions/noncentral_f.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/hypothesis/binomial_test.hpp"
#include "mathtool/stats/hypothesis/chi_squared_fit.hpp"
#include "mathtool/stats/hypothesis/chi_squared_independence.hpp"
#include "mathtool/stats/hypothesis/correlation_test.hpp"
#include "mathtool/stats/hypothesis/fisher_exact.hpp"
#include "mathtool/stats/hypothesis/t_test.hpp"
#include "mathtool/stats/hypothesis/two_way_anova.hpp"
#include "mathtool/stats/hypothesis/wilcoxon_signed_rank.hpp"
#include "mathtool/stats/hypothesis/z_test.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

TEST_CASE("fisher: a table beyond the budget is told by its status, with all but the p-value",
          "[stats]") {
  const Mat large = Mat::Constant(12, 12, 40);
  const TestResult found = fisher_exact_test(large, {.budget = 1e5});
  CHECK(found.status == Status::out_of_budget);
  CHECK(std::isnan(found.p_value));
  CHECK(found.estimate == 0);
  CHECK_FALSE(found.reason.empty());
}

// Steiger, Beyond the F test (2004): partial η² = λ/(λ + N) with all N values, not those that the
// residuals and this effect leave. Two factors of 2 levels, 2 values in each cell: N = 8, df 1, 4.
TEST_CASE("two-way anova: the interval of partial eta squared counts all values", "[stats]") {
  const std::vector<Moments> cells{moments({1, 2}), moments({3, 5}), moments({2, 4}),
                                   moments({9, 11})};
  const TestResult found = two_way_anova(cells, 2).test;
  REQUIRE(found.df == std::vector<double>{1, 4});
  // At the upper end η² the noncentrality is 8 η²/(1 − η²), where P(F ≤ f) = 0.025.
  const double lambda = 8 * found.effect_size.ci.high / (1 - found.effect_size.ci.high);
  CHECK_NEAR(cdf(NoncentralF(1, 4, lambda), found.statistic), 0.025, 1e-9);
}

TEST_CASE("binomial: the far side of a p-value below all doubles stays in step", "[stats]") {
  // log10 P is −n D log10 e + O(log n) with D = ln 2 − H(1/3) = 0.0566330 nats.
  const TestResult found = binomial_test(2e15, 3e15, 0.5);
  CHECK(found.p_value == 0);
  CHECK_NEAR(found.log10_p, -7.3786e13, 1e9);
  CHECK_THROWS_AS(binomial_test(1e300, 2e300, 0.5), InsufficientDataError);
}

TEST_CASE("z test: a known deviation may be as large or as small as a double", "[stats]") {
  for (const double unit : {1e200, 1e-200}) {
    const Moments x = moments({3 * unit}), y = moments({1 * unit});
    CHECK_NEAR(z_test(x, y, 0, std::sqrt(2.0) * unit).statistic, 1, 1e-14);
  }
}

TEST_CASE("tests: squares at the end of the range of doubles are refused, not rounded", "[stats]") {
  const Moments x = moments({1e-160, 2e-160, 4e-160});
  CHECK_THROWS_AS(t_test(x), InsufficientDataError);
  const Moments near = moments({1e100, 1.5e100}), far = moments({-1e160, -1e160});
  CHECK_THROWS_AS(anova(std::vector<Moments>{near, far}), InsufficientDataError);
}

TEST_CASE("chi squared: products of margins and squares may leave the range of doubles",
          "[stats]") {
  Mat small(2, 2);
  small << 15, 2, 3, 14;
  const double expected =
      chi_squared_independence_test(small, {.continuity = false}).statistic * 1e200;
  const TestResult found = chi_squared_independence_test(1e200 * small, {.continuity = false});
  CHECK_NEAR(found.statistic, expected, relative(1e-14, expected));
  const std::vector<double> counts{1e200, 3e200};
  CHECK_NEAR(chi_squared_fit_test(counts).statistic, 1e200, 1e186);
}

// Fisher's transformation has no width where r is 1: [1, 1] would claim certainty.
TEST_CASE("tests: an effect at the end of its scale has no interval of no width", "[stats]") {
  const std::vector<double> x{1, 2, 3, 4, 5}, y{2, 3, 5, 7, 11};
  CHECK(std::isnan(wilcoxon_signed_rank_test(x).effect_size.ci.low));
  CHECK(std::isnan(spearman_test(x, y).ci.low));
  CHECK(std::isnan(kendall_test(x, y).effect_size.ci.high));
}

// S of 30 rows in order but for the first two is 2. Both tails of the series are the same function,
// so reversing y exchanges them digit for digit; 1 − the other tail would keep 10 digits of 1e-6.
TEST_CASE("spearman: the tails of positive and of negative correlations mirror", "[stats]") {
  std::vector<double> x, y, reversed;
  for (int i = 0; i < 30; ++i) x.push_back(i), y.push_back(i);
  std::swap(y[0], y[1]);
  for (const double each : y) reversed.push_back(-each);
  const TestResult up = spearman_test(x, y, {.alternative = Alternative::greater});
  const TestResult down = spearman_test(x, reversed, {.alternative = Alternative::less});
  CHECK_NEAR(up.p_value, down.p_value, relative(1e-13, down.p_value));
  CHECK(up.p_value > 0);
  CHECK_FALSE(up.notes.empty());
}

// The margins are all 100001, so P(k) = C(100001, k)²/C(200002, 100001) has the same value at both
// ends: by mpmath with 50 digits log10(2 (1 + 100001²)) − log10 C(200002, 100001).
TEST_CASE("fisher: a p-value below all doubles is known by its logarithm", "[stats]") {
  Mat table(2, 2);
  table << 100000, 1, 1, 100000;
  const TestResult found = fisher_exact_test(table);
  CHECK(found.p_value == 0);
  CHECK_NEAR(found.log10_p, -60193.551576455342094, 1e-9);
}
