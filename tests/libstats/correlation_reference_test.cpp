// Figures of R 4.2.2 and scikit-learn 1.2.1 for tables of whole numbers that anyone can make again.

#include <cmath>
#include <functional>
#include <vector>

#include "estimates.hpp"
#include "mathtool/stats/accumulators/fourth_norm.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"
#include "mathtool/stats/correlation.hpp"
#include "mathtool/stats/p_adjustment.hpp"
#include "mathtool/stats/rank_correlation.hpp"
#include "mathtool/stats/shrinkage.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using test::pearson_of;
using test::relative;

namespace {

using Sequence = std::function<std::int64_t(std::int64_t i)>;

/// x(i), y(i) for i = 1 ... n.
Mat table(Index n, const Sequence& x, const Sequence& y) {
  Mat X(n, 2);
  for (Index i = 0; i < n; ++i)
    X.row(i) << static_cast<double>(x(i + 1)), static_cast<double>(y(i + 1));
  return X;
}

void check(const stats::Correlation& computed, double r, double p_value) {
  CHECK_NEAR(computed.r(0, 1), r, 2e-15);
  CHECK_NEAR(computed.p_values(0, 1), p_value, relative(1e-11, p_value));
}

void check_interval(const stats::Correlation& computed, double low, double high) {
  CHECK_NEAR(computed.ci_low(0, 1), low, 1e-15);
  CHECK_NEAR(computed.ci_high(0, 1), high, 1e-15);
}

}  // namespace

TEST_CASE("correlation: 49 rows without ties agree with R", "[stats][reference]") {
  // x <- 1:49; y <- (x * 18) %% 53; cor.test(x, y); and method = "spearman", exact = FALSE;
  // method = "kendall", which is exact
  const Mat X = table(
      49, [](auto i) { return i; }, [](auto i) { return i * 18 % 53; });
  check(pearson_of(X), 0.28887617491948675, 0.044106768915292797);
  check_interval(pearson_of(X), 0.0083585637353472807, 0.5272441908146841);
  check(stats::spearman_correlation(X), 0.30612244897959179, 0.032420401282358208);
  check(stats::kendall_correlation(X), 0.30612244897959184, 0.0017231359292246839);
}

TEST_CASE("correlation: 500 rows with heavy ties agree with R", "[stats][reference]") {
  // i <- 1:500; x <- i^2 %% 7; y <- (3 * i + i^2 %% 5) %% 11 + x; cor.test(x, y, exact = FALSE)
  const auto x = [](std::int64_t i) { return i * i % 7; };
  const Mat X = table(500, x, [&](auto i) { return (3 * i + i * i % 5) % 11 + x(i); });
  check(pearson_of(X), 0.40449837834141633, 4.1735121881749113e-21);
  check_interval(pearson_of(X), 0.32845844170817923, 0.47532872320749153);
  check(stats::spearman_correlation(X), 0.37798651836305169, 1.9893637542481342e-18);
  check(stats::kendall_correlation(X), 0.29977293665248966, 7.3846902277134725e-18);
}

TEST_CASE("correlation: 5000 rows and p-values to 1e-245 agree with R", "[stats][reference]") {
  // i <- as.numeric(1:5000); x <- (i * 7919) %% 5003; y <- x + 2 * (i^2 %% 5003)
  const auto x = [](std::int64_t i) { return i * 7919 % 5003; };
  const Mat X = table(5000, x, [&](auto i) { return x(i) + 2 * (i * i % 5003); });
  check(pearson_of(X), 0.44760823816371381, 5.5459435760679414e-245);
  check_interval(pearson_of(X), 0.4251641196822375, 0.46950223660852136);
  check(stats::spearman_correlation(X), 0.4268140696272173, 1.4672066998218481e-220);
  check(stats::kendall_correlation(X), 0.29239600156138412, 5.0921729263629425e-211);
}

TEST_CASE("kendall: the tail of few rows agrees with exact fractions", "[stats][reference]") {
  // Twice the share of the n! orders with at most so many inversions, counted by Python's whole
  // numbers. R 4.2 subtracts from 1 where τ > 0: for the second it gives 4.4e-16.
  const auto p_value = [](Index n, const Sequence& y) {
    return stats::kendall_correlation(table(
                                          n, [](auto i) { return i; }, y))
        .p_values(0, 1);
  };
  const double close = p_value(49, [](auto i) { return i ^ 7; });
  const double closer = p_value(45, [](auto i) { return i ^ 1; });
  const double reversed = p_value(49, [](auto i) { return -i; });
  CHECK_NEAR(close, 7.332125922751337e-17, relative(1e-14, 7.3e-17));
  CHECK_NEAR(closer, 2.5854119774907695e-39, relative(1e-14, 2.5e-39));
  CHECK_NEAR(reversed, 3.287949416633158e-63, relative(1e-14, 3.2e-63));  // 2 / 49!
}

TEST_CASE("kendall: a p-value below 1e-300 agrees with R", "[stats][reference]") {
  // cor.test(1:620, 1:620, method = "kendall", exact = FALSE)
  const Mat X = table(
      620, [](auto i) { return i; }, [](auto i) { return i; });
  CHECK_NEAR(stats::kendall_correlation(X).p_values(0, 1), 1.2981670367019299e-303,
             relative(1e-12, 1.3e-303));
}

TEST_CASE("adjustment: p-values from 0 to 1 with ties agree with R", "[stats][reference]") {
  const std::vector<double> p = {1e-300, 2e-301, 3e-17, 0.2,  0.2,   0.999,
                                 1,      0,      0.049, 0.05, 4e-17, 0.0125};
  // p.adjust(p, "holm"), p.adjust(p, "BH")
  const std::vector<double> holm = {1e-299, 2.2e-300, 2.7e-16, 0.8,   0.8,     1,
                                    1,      0,        0.294,   0.294, 3.2e-16, 0.0875};
  const std::vector<double> bh = {4e-300, 1.2e-300, 9e-17, 0.24,  0.24,    1,
                                  1,      0,        0.075, 0.075, 9.6e-17, 0.025};
  const Vec by_holm = adjust_p_values(p, stats::PAdjustment::holm);
  const Vec by_bh = adjust_p_values(p, stats::PAdjustment::bh);
  for (std::size_t i = 0; i < p.size(); ++i) {
    CAPTURE(p[i]);
    CHECK_NEAR(by_holm[static_cast<Index>(i)], holm[i], test::ulps(2, holm[i]));
    CHECK_NEAR(by_bh[static_cast<Index>(i)], bh[i], test::ulps(2, bh[i]));
  }
}

TEST_CASE("shrinkage: tall and wide tables agree with scikit-learn", "[stats][reference]") {
  struct Expected {
    double shrinkage, variance, next, corner;
  };
  const auto check_shrunk = [](const stats::ShrunkCovariance& c, const Expected& expected) {
    const Index last = c.matrix.cols() - 1;
    CHECK_NEAR(c.shrinkage, expected.shrinkage, 5e-15);
    CHECK_NEAR(c.matrix(0, 0), expected.variance, 1e-13);
    CHECK_NEAR(c.matrix(0, 1), expected.next, 1e-14);
    CHECK_NEAR(c.matrix(last, 3), expected.corner, 1e-14);
  };
  // X[i - 1, j] = (i i (j + 1) + 3 i j) % 17; LedoitWolf().fit(X), OAS().fit(X)
  const auto of = [](Index n, Index p) {
    Mat X(n, p);
    for (Index i = 1; i <= n; ++i)
      for (Index j = 0; j < p; ++j)
        X(i - 1, j) = static_cast<double>((i * i * (j + 1) + 3 * i * j) % 17);
    stats::FourthNorm norm;
    norm.push_rows(X);
    return norm;
  };
  const stats::FourthNorm tall = of(40, 12), wide = of(10, 30);
  check_shrunk(stats::shrink_ledoit_wolf(tall),
               {0.5661067829324238, 27.361523127959458, 0.6747039525400811, -1.7453354656543245});
  check_shrunk(stats::shrink_oas(tall.covariance().estimate()),
               {0.5929808798744525, 27.174081900559003, 0.6329147317952265, -1.6372344107050143});
  check_shrunk(stats::shrink_ledoit_wolf(wide),
               {0.7190964302510505, 23.57022166031022, -0.39326499764852935, 0.5309077468255143});
  check_shrunk(stats::shrink_oas(wide.covariance().estimate()),
               {0.8463085506550618, 22.637968837949494, -0.2151680290829135, 0.2904768392619331});
}

TEST_CASE("nearest covariance: columns in different units agree with R", "[stats][reference]") {
  const Vec units{{1, 2, 0.5, 10}};
  Mat C(4, 4);
  C << 1, 0.9, -0.9, 0.3, 0.9, 1, 0.9, -0.2, -0.9, 0.9, 1, 0.5, 0.3, -0.2, 0.5, 1;
  C = units.asDiagonal() * C * units.asDiagonal();
  // e <- eigen(C); B <- e$vectors %*% diag(sqrt(pmax(e$values, 0))); P <- B %*% t(B);
  // s <- sqrt(diag(C) / diag(P)); P * outer(s, s)
  Mat expected(4, 4);
  expected.row(0) << 1, 1.3456528282472842, -0.043482205704780376, 2.5680268710944820;
  expected.row(1) << 1.3456528282472842, 4, 0.40549586241635938, -3.9155456388640038;
  expected.row(2) << -0.043482205704780376, 0.40549586241635938, 0.25, 1.5309278362673289;
  expected.row(3) << 2.5680268710944820, -3.9155456388640038, 1.5309278362673289, 100;
  const stats::RepairedCovariance repaired = stats::nearest_covariance(C);
  CHECK_NEAR(repaired.most_negative, -0.87990575629486756, 1e-13);
  CHECK(test::largest_difference(repaired.matrix, expected) <= 1e-13);
  CHECK(repaired.matrix.diagonal() == C.diagonal());
}
