#include "mathtool/stats/parallel_analysis.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/pca.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::parallel_analysis;

TEST_CASE("parallel analysis: one column has variance chi-squared over n - 1", "[stats]") {
  // 95th percentile of chi-squared with 20 degrees of freedom: 31.410 (tables of Pearson &
  // Hartley).
  const Vec limit = parallel_analysis(21, Vec::Ones(1), {.tables = 20000, .standardize = false});
  // A percentile's standard error is sqrt(0.05 0.95 / 20000) over the density 0.0149 there.
  CHECK_NEAR(limit[0] * 20, 31.410, test::monte_carlo(6, std::sqrt(0.0475 / 20000) / 0.0149));
}

TEST_CASE("parallel analysis: thresholds descend around 1 and shrink with more rows", "[stats]") {
  const Vec few = parallel_analysis(30, Vec::Ones(5)), many = parallel_analysis(3000, Vec::Ones(5));
  for (Index k = 1; k < 5; ++k) CHECK(few[k - 1] > few[k]);
  CHECK(few[0] > 1.3);
  CHECK(many[0] < 1.15);
  CHECK(many[0] > 1.0);
}

TEST_CASE("parallel analysis: both roads to a simulated table agree", "[stats]") {
  // Drawn from its Wishart distribution for n = p + 1 and as a table for n = p: thresholds must be
  // close.
  const Vec sd = Vec::Ones(12);
  const Vec wishart = parallel_analysis(13, sd, {.tables = 4000, .standardize = false}),
            table = parallel_analysis(12, sd, {.tables = 4000, .standardize = false});
  CHECK_NEAR(wishart[0] * 12, table[0] * 11, 0.06 * wishart[0] * 12 + 1.5);
  CHECK(table.size() == 11);
}

TEST_CASE("parallel analysis: the seed decides, the threads do not", "[stats]") {
  const Vec sd = Vec::Ones(4);
  CHECK(parallel_analysis(50, sd, {.threads = 1}) == parallel_analysis(50, sd, {.threads = 2}));
  CHECK(parallel_analysis(50, sd, {.seed = 1}) != parallel_analysis(50, sd, {.seed = 2}));
}

TEST_CASE("parallel analysis: one strong factor among noise is found", "[stats]") {
  Mat X = test::random_matrix(200, 6, 31);
  const Mat factor = test::random_matrix(200, 1, 32);
  for (Index j = 0; j < 6; ++j) X.col(j) += 2 * factor;
  const stats::Pca pca =
      stats::fit_pca(X, {.components = stats::ComponentRule::parallel(), .standardize = true});
  CHECK(pca.output_size() == 1);
}

TEST_CASE("parallel analysis: options out of range are refused", "[stats]") {
  CHECK_THROWS_AS(parallel_analysis(1, Vec::Ones(2)), DimensionError);
  CHECK_THROWS_AS(parallel_analysis(9, Vec()), DimensionError);
  CHECK_THROWS_AS(parallel_analysis(9, Vec::Ones(2), {.tables = 0}), DomainError);
  CHECK_THROWS_AS(parallel_analysis(9, Vec::Ones(2), {.percentile = 1.0}), DomainError);
}
