#include "mathtool/stats/accumulators/moments.hpp"

#include <cmath>
#include <vector>

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

TEST_CASE("series: its parts see the same stream", "[stats]") {
  stats::Series<Moments, stats::Extrema> series;
  for (double x : {1.0, 2.0, 6.0}) series.push(x);
  CHECK(series.count() == 3);
  CHECK(series.get<Moments>().mean() == 3.0);
  CHECK(series.get<stats::Extrema>().max() == 6.0);
}
