#include "mathtool/stats/correlation.hpp"

#include <cmath>
#include <vector>

#include "estimates.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/p_adjustment.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Correlation;
using stats::kendall_correlation;
using stats::pearson_correlation;
using stats::spearman_correlation;
using test::pearson_of;
using test::relative;

namespace {

/// The lightness of tuna and the panel's score: the example of R's cor.test.
Mat tuna() {
  Mat X(9, 2);
  X << 44.4, 2.6, 45.9, 3.1, 41.9, 2.5, 53.3, 5.0, 44.7, 3.6, 44.1, 4.0, 50.7, 5.2, 45.2, 2.8, 60.1,
      3.8;
  return X;
}

Mat tied() {
  Mat X(12, 2);
  X << 1, 2, 2, 1, 2, 2, 3, 4, 3, 3, 3, 4, 4, 4, 5, 3, 5, 6, 6, 5, 7, 6, 7, 8;
  return X;
}

/// A 1 2 - 4 5 7, B 2 1 3 - 6 5, C 5 3 - 2 2 0
Mat table_with_gaps() {
  Mat X(6, 3);
  X << 1, 2, 5, 2, 1, 3, not_a_number, 3, not_a_number, 4, not_a_number, 2, 5, 6, 2, 7, 5, 0;
  return X;
}

bool all_nan(const Mat& X) { return X.array().isNaN().all(); }

/// Two tables of the same figures, NaN where the other has it.
bool same(const Correlation& a, const Correlation& b) {
  const auto equal = [](const Mat& x, const Mat& y) {
    return ((x.array() == y.array()) || (x.array().isNaN() && y.array().isNaN())).all();
  };
  return equal(a.r, b.r) && equal(a.p_values, b.p_values) && equal(a.ci_low, b.ci_low) &&
         equal(a.ci_high, b.ci_high) && equal(a.n, b.n);
}

}  // namespace

TEST_CASE("pearson: r, p-value and interval agree with R", "[stats][correlation]") {
  const Correlation c = pearson_of(tuna());  // R 4.2: cor.test(x, y)
  CHECK_NEAR(c.r(0, 1), 0.57118155756382871, relative(1e-14, 0.57));
  CHECK_NEAR(c.p_values(0, 1), 0.10817305434949379, relative(1e-13, 0.1));
  CHECK_NEAR(c.ci_low(0, 1), -0.14974263303675717, relative(1e-13, 0.1));
  CHECK_NEAR(c.ci_high(0, 1), 0.89557946183873927, relative(1e-13, 0.9));
  CHECK(c.n(0, 1) == 9);
  CHECK(c.r == c.r.transpose());
  CHECK(c.p_values == c.p_values.transpose());
}

TEST_CASE("pearson: the far tail keeps its digits", "[stats][correlation]") {
  const auto p_value = [](double r, std::int64_t n) {
    Mat C(2, 2);
    C << 1, r, r, 1;
    return pearson_correlation({Vec::Zero(2), C, n}).p_values(0, 1);
  };
  // R 4.2: 2 * pt(-0.9 * sqrt(298 / (1 - 0.81)), 298), 2 * pt(-0.5 * sqrt(3998 / 0.75), 3998)
  CHECK_NEAR(p_value(0.9, 300), 1.7545781060309725e-109, relative(1e-12, 1.7545781060309725e-109));
  CHECK_NEAR(p_value(-0.5, 4000), 4.458224277751288e-252, relative(1e-12, 4.458224277751288e-252));
  CHECK(p_value(0, 10) == 1);
  CHECK(p_value(1, 10) == 0);
}

TEST_CASE("correlation: the diagonal is 1, of a constant column all is NaN",
          "[stats][correlation]") {
  Mat X(6, 3);
  X << 1, 5, 2, 2, 5, 4, 3, 5, 7, 4, 5, 1, 5, 5, 0, 6, 5, 3;
  for (const Correlation& c :
       {pearson_of(X), spearman_correlation(X), kendall_correlation(X),
        spearman_correlation(X, {.pairwise = true}), kendall_correlation(X, {.pairwise = true})}) {
    CHECK(c.r(0, 0) == 1);
    CHECK(c.p_values(2, 2) == 0);
    CHECK(c.ci_low(0, 0) == 1);
    CHECK(c.ci_high(0, 0) == 1);
    CHECK(all_nan(c.r.col(1)));
    CHECK(all_nan(c.p_values.col(1)));
    CHECK(all_nan(c.ci_low.col(1)));
    CHECK(c.n(0, 1) == 6);
  }
}

TEST_CASE("correlation: few rows leave undefined what they cannot tell", "[stats][correlation]") {
  for (const Index n : {0, 1, 2, 3, 4}) {
    const Mat X = test::random_matrix(n, 2, 4);
    CAPTURE(n);
    for (const Correlation& c : {pearson_of(X), spearman_correlation(X), kendall_correlation(X)}) {
      CHECK(std::isnan(c.r(0, 1)) == (n < 2));
      CHECK(std::isnan(c.p_values(0, 1)) == (n < 3));
    }
    CHECK(std::isnan(pearson_of(X).ci_low(0, 1)) == (n < 4));
    CHECK(std::isnan(kendall_correlation(X).ci_high(0, 1)));
  }
}

TEST_CASE("correlation: columns that agree have r = 1 and its interval", "[stats][correlation]") {
  Mat X(8, 2);
  X.col(0) = X.col(1) = test::random_matrix(8, 1, 9);
  X.col(1) *= -1e300;
  for (const Correlation& c : {spearman_correlation(X), kendall_correlation(X)}) {
    CHECK(c.r(0, 1) == -1);
    CHECK(c.ci_low(0, 1) == -1);
    CHECK(c.ci_high(0, 1) == -1);
  }
  CHECK(spearman_correlation(X).p_values(0, 1) == 0);
  // The one order of 8! that agrees and the one that opposes.
  CHECK_NEAR(kendall_correlation(X).p_values(0, 1), 2.0 / 40320, relative(1e-14, 5e-5));
}

TEST_CASE("spearman: rho and p-value agree with R", "[stats][correlation]") {
  // R 4.2: cor.test(x, y, method = "spearman", exact = FALSE)
  const Correlation plain = spearman_correlation(tuna()), ties = spearman_correlation(tied());
  CHECK_NEAR(plain.r(0, 1), 0.6, relative(1e-14, 0.6));
  CHECK_NEAR(plain.p_values(0, 1), 0.087622829041402339, relative(1e-13, 0.09));
  CHECK_NEAR(ties.r(0, 1), 0.87455197132616491, relative(1e-14, 0.9));
  CHECK_NEAR(ties.p_values(0, 1), 0.00019748601409829472, relative(1e-12, 2e-4));
  // R 4.2: tanh(atanh(r) + c(-1, 1) * qnorm(0.975) * sqrt((1 + r^2 / 2) / (9 - 3)))
  CHECK_NEAR(plain.ci_low(0, 1), -0.17424406977828477, 1e-14);
  CHECK_NEAR(plain.ci_high(0, 1), 0.91579787901333876, 1e-14);
}

TEST_CASE("kendall: tau and p-value agree with R, exact and with ties", "[stats][correlation]") {
  // R 4.2: cor.test(x, y, method = "kendall"), with ties exact = FALSE
  const Correlation exact = kendall_correlation(tuna()), ties = kendall_correlation(tied());
  CHECK_NEAR(exact.r(0, 1), 0.44444444444444453, relative(1e-14, 0.4));
  CHECK_NEAR(exact.p_values(0, 1), 0.11943893298059960, relative(1e-13, 0.1));
  CHECK_NEAR(ties.r(0, 1), 0.75, relative(1e-14, 0.75));
  CHECK_NEAR(ties.p_values(0, 1), 0.0014579735642210889, relative(1e-12, 1.5e-3));
  // R 4.2: tanh(atanh(tau) + c(-1, 1) * qnorm(0.975) * sqrt(0.437 / (9 - 4)))
  CHECK_NEAR(exact.ci_low(0, 1), -0.10132909957581665, 1e-14);
  CHECK_NEAR(exact.ci_high(0, 1), 0.78458581177199360, 1e-14);
}

TEST_CASE("kendall: tau-b is its definition over all pairs", "[stats][correlation]") {
  Mat X = (4 * test::random_matrix(150, 3, 21)).array().floor();
  X.col(2) = test::random_matrix(150, 1, 22);
  const Correlation c = kendall_correlation(X);
  for (Index a = 0; a < 3; ++a)
    for (Index b = 0; b < a; ++b) {
      double agree = 0, in_a = 0, in_b = 0;
      for (Index i = 0; i < 150; ++i)
        for (Index j = 0; j < i; ++j) {
          const double x = X(i, a) - X(j, a), y = X(i, b) - X(j, b);
          agree += (x * y > 0) - (x * y < 0);
          in_a += x != 0;
          in_b += y != 0;
        }
      CHECK_NEAR(c.r(a, b), agree / std::sqrt(in_a * in_b), 1e-15);
    }
}

TEST_CASE("rank correlation: rows with NaN are left out, or only of the pairs they touch",
          "[stats][correlation]") {
  Mat complete(4, 3);
  complete << 1, 2, 5, 2, 1, 3, 5, 6, 2, 7, 5, 0;
  CHECK(same(spearman_correlation(table_with_gaps()), spearman_correlation(complete)));
  CHECK(same(kendall_correlation(table_with_gaps()), kendall_correlation(complete)));
  // R 4.2: cor(X, use = "pairwise", method = ...)
  const Correlation rho = spearman_correlation(table_with_gaps(), {.pairwise = true});
  CHECK_NEAR(rho.r(0, 1), 0.6, 1e-15);
  CHECK_NEAR(rho.r(0, 2), -0.97467943448089644, 1e-15);
  CHECK(rho.n(0, 1) == 4);
  CHECK(rho.n(0, 0) == 5);
  const Correlation tau = kendall_correlation(table_with_gaps(), {.pairwise = true});
  CHECK_NEAR(tau.r(0, 1), 1.0 / 3, 1e-15);
  CHECK_NEAR(tau.r(0, 2), -0.94868329805051377, 1e-15);
  CHECK(tau.n(0, 2) == 5);
}

TEST_CASE("pearson: pairwise figures agree with R", "[stats][correlation]") {
  stats::PairwiseCovariance covariance;
  covariance.push_rows(table_with_gaps().topRows(3));
  covariance.push_rows(table_with_gaps().bottomRows(3));
  const Correlation c = pearson_correlation(covariance);  // R 4.2: cor(X, use = "pairwise")
  CHECK_NEAR(c.r(0, 1), 0.83901317969852029, 1e-15);
  CHECK_NEAR(c.r(0, 2), -0.95687167501473658, 1e-15);
  CHECK_NEAR(c.r(1, 2), -0.67267279399631241, 1e-15);
  CHECK(c.n(0, 1) == 4);
  CHECK(c.r(1, 1) == 1);
}

TEST_CASE("correlation: a weight equals so many rows", "[stats][correlation]") {
  const Mat X = tied().topRows(6);
  const Vec weights{{2, 1, 0, 3, 1, 2}};
  Mat repeated(9, 2);
  repeated << X.row(0), X.row(0), X.row(1), X.row(3), X.row(3), X.row(3), X.row(4), X.row(5),
      X.row(5);
  for (const bool pairwise : {false, true}) {
    CHECK(same(kendall_correlation(X, {.pairwise = pairwise, .weights = weights}),
               kendall_correlation(repeated)));
    const Correlation weighted =
        spearman_correlation(X, {.pairwise = pairwise, .weights = weights});
    const Correlation expected = spearman_correlation(repeated);
    CHECK(test::largest_difference(weighted.r, expected.r) <= 1e-15);
    CHECK(test::largest_difference(weighted.p_values, expected.p_values) <= 1e-14);
    CHECK(weighted.n == expected.n);
  }
  stats::PairwiseCovariance pairs, all;
  pairs.push_rows(X, weights);
  all.push_rows(repeated);
  CHECK(test::largest_difference(pairs.pairwise().matrix, all.pairwise().matrix) <= 1e-15);
  CHECK(test::largest_difference(pairs.pair_variances(), all.pair_variances()) <= 1e-15);
  CHECK(test::largest_difference(pairs.mean_imputed().matrix, all.mean_imputed().matrix) <= 1e-15);
  CHECK(pairs.pairwise().observations == 9);
}

TEST_CASE("rank correlation: the bits do not depend on the number of threads",
          "[stats][correlation]") {
  const Mat X = (20 * test::random_matrix(300, 12, 2)).array().round();
  CHECK(same(kendall_correlation(X, {.threads = 1}), kendall_correlation(X, {.threads = 2})));
  CHECK(same(spearman_correlation(X, {.threads = 1}), spearman_correlation(X, {.threads = 2})));
}

TEST_CASE("correlation: options out of range are refused", "[stats][correlation]") {
  CHECK_THROWS_AS(kendall_correlation(tuna(), {.level = 1}), DomainError);
  CHECK_THROWS_AS(pearson_correlation(stats::CovarianceEstimate{}, {.level = 0}), DomainError);
  CHECK_THROWS_AS(spearman_correlation(tuna(), {.weights = Vec::Ones(3)}), DimensionError);
  CHECK_THROWS_AS(spearman_correlation(tuna(), {.weights = -Vec::Ones(9)}), DomainError);
}

TEST_CASE("adjustment: Holm and Benjamini-Hochberg agree with R", "[stats][correlation]") {
  // R 4.2: p.adjust(p, "holm"), p.adjust(p, "BH")
  const std::vector<double> p = {0.01, 0.04, 0.03, 0.005, 0.5, not_a_number, 0.03};
  const Vec holm = adjust_p_values(p, stats::PAdjustment::holm);
  const Vec bh = adjust_p_values(p, stats::PAdjustment::bh);
  const double expected_holm[] = {0.05, 0.12, 0.12, 0.03, 0.5, not_a_number, 0.12};
  const double expected_bh[] = {0.03, 0.048, 0.045, 0.03, 0.5, not_a_number, 0.045};
  for (Index i = 0; i < 7; ++i) {
    if (i == 5) continue;
    CHECK_NEAR(holm[i], expected_holm[i], test::ulps(1, 0.5));
    CHECK_NEAR(bh[i], expected_bh[i], test::ulps(1, 0.5));
  }
  CHECK(std::isnan(holm[5]));
  CHECK(std::isnan(bh[5]));
  CHECK(adjust_p_values({}, stats::PAdjustment::bh).size() == 0);
  CHECK_THROWS_AS(adjust_p_values(std::vector{1.5}, stats::PAdjustment::holm), DomainError);
}
