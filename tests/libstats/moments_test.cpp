#include "mathtool/stats/accumulators/moments.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/extrema.hpp"
#include "mathtool/stats/accumulators/series.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Moments;

TEST_CASE("moments: a small sample computed by hand", "[stats]") {
  // 1, 2, 3, 10: mean 4, deviations -3 -2 -1 6, squares sum to 50, cubes to 180, fourths to 1394.
  const auto m = stats::accumulate<Moments>(std::vector{1.0, 2.0, 3.0, 10.0});
  CHECK(m.count() == 4);
  CHECK(m.mean() == 4.0);
  CHECK_NEAR(m.variance(), 50.0 / 3, test::ulps(2, 50.0 / 3));
  CHECK(m.population_variance() == 12.5);
  CHECK_NEAR(m.standard_error(), std::sqrt(50.0 / 12), test::ulps(2, 2.0));
  const double g1 = 45 / std::pow(12.5, 1.5), g2 = 348.5 / (12.5 * 12.5) - 3;
  CHECK_NEAR(m.skewness(), g1 * std::sqrt(12.0) / 2, 1e-15);
  CHECK_NEAR(m.kurtosis(), 3.0 / 2 * (5 * g2 + 6), 1e-14);
}

TEST_CASE("moments: undefined ones are NaN", "[stats]") {
  Moments m;
  CHECK(std::isnan(m.mean()));
  CHECK(std::isnan(m.variance()));
  m.push(7.0);
  CHECK(m.mean() == 7.0);
  CHECK(std::isnan(m.variance()));
  m.push(7.0);
  CHECK(m.variance() == 0.0);
  m.push(7.0);
  m.push(7.0);
  CHECK(std::isnan(m.skewness()));
  CHECK(std::isnan(m.kurtosis()));
}

TEST_CASE("moments: a constant stream has variance exactly zero", "[stats]") {
  Moments m;
  m.push(std::vector<double>(3000, 0.1));
  m.push(0.1);
  CHECK(m.mean() == 0.1);
  CHECK(m.variance() == 0.0);
}

TEST_CASE("moments: an offset of 1e15 leaves the digits of integers alone", "[stats]") {
  Moments m;
  std::vector<double> x;
  for (int i = 0; i < 5000; ++i) x.push_back(1e15 + i % 7);  // exact in doubles
  m.push(x);
  double expected = 0, mean = 0;
  for (int i = 0; i < 5000; ++i) mean += i % 7;
  mean /= 5000;
  for (int i = 0; i < 5000; ++i) expected += (i % 7 - mean) * (i % 7 - mean);
  CHECK_NEAR(m.variance(), expected / 4999, test::relative(1e-14, expected / 4999));
}

TEST_CASE("moments: skewness and kurtosis survive an offset whose unit is the spread itself",
          "[stats]") {
  // 1e15 + {0, 1}, every sixteenth a 1: with p = 1/16 and n = 512, g1 = (1 − 2p)/√(p(1−p)) and
  // g2 = (1 − 6p(1−p))/(p(1−p)), adjusted for n. The mean is no double.
  std::vector<double> x;
  for (int i = 0; i < 512; ++i) x.push_back(1e15 + (i % 16 == 0));
  Moments m;
  m.push(x);
  const double p = 1.0 / 16, v = p * (1 - p), n = 512;
  const double g1 = (1 - 2 * p) / std::sqrt(v) * std::sqrt(n * (n - 1)) / (n - 2);
  const double g2 = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (1 - 6 * v) / v + 6);
  CHECK_NEAR(m.skewness(), g1, test::relative(1e-13, g1));
  CHECK_NEAR(m.kurtosis(), g2, test::relative(1e-13, g2));
}

TEST_CASE("moments: a span and its samples one by one agree", "[stats]") {
  std::vector<double> x;
  for (int i = 0; i < 2000; ++i) x.push_back(std::sin(i) + 3);
  Moments block;
  block.push(x);
  const auto single = stats::accumulate<Moments>(x);
  CHECK_NEAR(block.mean(), single.mean(), test::ulps(1, 3));
  CHECK_NEAR(block.variance(), single.variance(), test::ulps(4, 0.5));
  CHECK_NEAR(block.skewness(), single.skewness(), 1e-13);
  CHECK_NEAR(block.kurtosis(), single.kurtosis(), 1e-12);
}

TEST_CASE("moments: a weight equals so many samples", "[stats]") {
  // R 4.2: x <- rep(c(2.5, -1, 4, 0.5, 10, 3), c(2, 1, 4, 2, 1, 3)); mean(x); var(x); and G1, G2
  // by the formulas of e1071::skewness(x, type = 2) and kurtosis.
  const std::vector<double> x = {2.5, -1, 4, 0.5, 10, 3}, weights = {2, 1, 4, 2, 1, 3};
  Moments m, single;
  m.push(x, weights);
  CHECK(m.count() == 6);
  CHECK(m.weight() == 13);
  CHECK_NEAR(m.mean(), 3.0769230769230771, test::ulps(1, 3));
  CHECK_NEAR(m.variance(), 6.8269230769230766, test::ulps(2, 7));
  CHECK_NEAR(m.skewness(), 1.2841643980746265, 1e-14);
  CHECK_NEAR(m.kurtosis(), 3.9560267623667751, 1e-13);
  for (std::size_t i = 0; i < x.size(); ++i) single.push(x[i], weights[i]);
  CHECK_NEAR(single.kurtosis(), m.kurtosis(), 1e-13);
}

TEST_CASE("moments: weights of 1 change no bit, of 0 hide even NaN", "[stats]") {
  std::vector<double> x;
  for (int i = 0; i < 1500; ++i) x.push_back(std::sin(i) + 1e6);
  std::vector<double> weights(x.size(), 1.0);
  Moments plain, weighted;
  plain.push(x);
  weighted.push(x, weights);
  CHECK(weighted.mean() == plain.mean());
  CHECK_NEAR(weighted.variance(), plain.variance(), test::ulps(1, 0.5));
  CHECK_NEAR(weighted.kurtosis(), plain.kurtosis(), test::ulps(4, 1.5));
  x.push_back(NAN);
  weights.push_back(0.0);
  Moments hidden;
  hidden.push(x, weights);
  CHECK(hidden.count() == 1501);
  CHECK(hidden.weight() == 1500);
  CHECK(hidden.variance() == weighted.variance());
  CHECK_THROWS_AS(hidden.push(1.0, -1.0), DomainError);
  CHECK_THROWS_AS(hidden.push(1.0, NAN), DomainError);
  CHECK_THROWS_AS(hidden.push(x, std::vector{1.0}), DimensionError);
}

TEST_CASE("moments: huge and tiny values", "[stats]") {
  Moments huge, tiny;
  huge.push(std::vector<double>(100, 1e300));
  CHECK(huge.mean() == 1e300);
  CHECK(huge.variance() == 0);
  huge.push(-1e300);
  CHECK(huge.variance() == INFINITY);
  tiny.push(std::vector{1e-150, 3e-150});
  CHECK_NEAR(tiny.variance(), 2e-300, test::relative(1e-15, 2e-300));
}

TEST_CASE("moments: NaN and infinity do not hide", "[stats]") {
  Moments m;
  m.push(std::vector{1.0, std::nan(""), 2.0});
  CHECK(std::isnan(m.mean()));
  CHECK(std::isnan(m.variance()));
  Moments infinite;
  infinite.push(std::vector<double>{1.0, INFINITY});
  CHECK(!std::isfinite(infinite.mean()));
}

TEST_CASE("extrema: least and greatest, NaN for none and after one", "[stats]") {
  stats::Extrema e;
  CHECK(std::isnan(e.min()));
  for (double x : {3.0, -2.0, 5.0}) e.push(x);
  CHECK(e.min() == -2.0);
  CHECK(e.max() == 5.0);
  e.push(std::nan(""));
  e.push(1.0);
  CHECK(std::isnan(e.min()));
  CHECK(std::isnan(e.max()));
  CHECK(e.count() == 5);
}

TEST_CASE("extrema: a span and its samples one by one agree", "[stats]") {
  for (const std::size_t n : {0u, 1u, 7u, 8u, 100u}) {
    std::vector<double> x;
    for (std::size_t i = 0; i < n; ++i) x.push_back(std::sin(static_cast<double>(i * i)));
    stats::Extrema span;
    span.push(x);
    const auto single = stats::accumulate<stats::Extrema>(x);
    CHECK(span.count() == single.count());
    CHECK((n == 0 || (span.min() == single.min() && span.max() == single.max())));
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<double> holed = x;
      holed[i] = NAN;
      stats::Extrema e;
      e.push(holed);
      CHECK(std::isnan(e.min()));
    }
  }
}

TEST_CASE("series: its parts see the same stream", "[stats]") {
  stats::Series<Moments, stats::Extrema> series;
  for (double x : {1.0, 2.0, 6.0}) series.push(x);
  CHECK(series.count() == 3);
  CHECK(series.get<Moments>().mean() == 3.0);
  CHECK(series.get<stats::Extrema>().max() == 6.0);
}
