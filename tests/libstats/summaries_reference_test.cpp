// Quantiles, histograms and counts of distinct values against R 4.2.2, NumPy 1.24 and what the
// definitions say of streams whose ranks are known.

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/accumulators/distinct_count.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"
#include "mathtool/stats/histogram_edges.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Quantiles;

namespace {

/// (7919 i mod 1009) / 7 for i = 1 ... 1000
std::vector<double> scattered() {
  std::vector<double> x;
  for (int i = 1; i <= 1000; ++i) x.push_back(i * 7919 % 1009 / 7.0);
  return x;
}

}  // namespace

TEST_CASE("quantiles: the nine types of 1000 numbers agree with R", "[stats][reference]") {
  // quantile(((1:1000 * 7919) %% 1009) / 7, c(0.001, 0.1, 1/3, 0.9, 0.999), type = t)
  const std::vector<std::vector<double>> expected = {
      {0.14285714285714285, 14.428571428571429, 48.285714285714285, 129.57142857142858,
       143.85714285714286},
      {0.21428571428571427, 14.5, 48.285714285714285, 129.64285714285717, 143.92857142857144},
      {0.14285714285714285, 14.428571428571429, 48.142857142857146, 129.57142857142858,
       143.85714285714286},
      {0.14285714285714285, 14.428571428571429, 48.19047619047619, 129.57142857142858,
       143.85714285714286},
      {0.21428571428571427, 14.5, 48.261904761904759, 129.64285714285717, 143.92857142857144},
      {0.143, 14.442857142857145, 48.238095238095227, 129.70000000000002, 143.99985714285714},
      {0.28557142857142853, 14.557142857142859, 48.285714285714285, 129.58571428571429,
       143.85728571428572},
      {0.19052380952380948, 14.480952380952379, 48.253968253968239, 129.66190476190476,
       143.95233333333334},
      {0.1964642857142857, 14.485714285714286, 48.25595238095238, 129.65714285714287,
       143.94639285714285}};
  Quantiles q;
  q.push(scattered());
  const double p[] = {0.001, 0.1, 1.0 / 3, 0.9, 0.999};
  for (int type = 1; type <= 9; ++type) {
    const std::vector<double>& figures = expected[static_cast<std::size_t>(type) - 1];
    for (std::size_t i = 0; i < figures.size(); ++i) {
      CAPTURE(type, p[i]);
      CHECK_NEAR(q.quantile(p[i], type), figures[i], test::relative(1e-14, figures[i]));
    }
  }
  // mad(x, constant = 1)
  CHECK_NEAR(q.median_absolute_deviation(), 35.928571428571431, test::ulps(2, 36));
}

TEST_CASE("quantiles: ten million samples in any order keep the stated error of rank",
          "[stats][reference]") {
  constexpr std::int64_t n = 10000000;
  constexpr double count = n;
  struct Stream {
    std::string name;
    std::int64_t (*value)(std::int64_t i);
    double copies;  ///< of each value; these are 0, 1, 2, ...
  };
  const std::vector<Stream> streams = {
      {"sorted", [](std::int64_t i) { return i; }, 1},
      {"reversed", [](std::int64_t i) { return n - 1 - i; }, 1},
      {"sawtooth", [](std::int64_t i) { return i % 1000000; }, 10},
      {"shuffled", [](std::int64_t i) { return i * 7368787 % n; }, 1},
      {"heavy ties", [](std::int64_t i) { return i * 3 % 8; }, count / 8},
      {"constant", [](std::int64_t) { return std::int64_t{0}; }, count}};
  std::vector<double> shares;
  for (int k = 0; k <= 256; ++k) shares.push_back(k / 256.0);
  for (const Stream& stream : streams) {
    CAPTURE(stream.name);
    Quantiles q;
    std::vector<double> block;
    for (std::int64_t i = 0; i < n; i += 10000) {
      block.clear();
      for (std::int64_t k = i; k < i + 10000; ++k)
        block.push_back(static_cast<double>(stream.value(k)));
      q.push(block);
    }
    CHECK(q.approximate());
    CHECK(q.rank_error() <= 3e-5);
    const std::vector<double> values = q.quantiles(shares, 1);
    double worst = 0.0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      const double below = values[k] * stream.copies / count;
      worst = std::max({worst, below - shares[k], shares[k] - (below + stream.copies / count)});
    }
    INFO("stated " << q.rank_error() << ", worst " << worst);
    CHECK(worst <= q.rank_error() + 1 / count);
  }
}

TEST_CASE("distinct count: its errors have the standard deviation that is stated",
          "[stats][reference]") {
  constexpr int streams = 200;
  for (const int distinct : {20000, 100000}) {
    math::Philox random(99);
    double squares = 0.0, sum = 0.0, stated = 0.0;
    for (int stream = 0; stream < streams; ++stream) {
      stats::DistinctCount c;
      for (int i = 0; i < distinct; ++i) c.push(math::uniform(random));
      const double error = c.distinct() / distinct - 1;
      squares += error * error;
      sum += error;
      stated = c.relative_error();
    }
    CAPTURE(distinct);
    // Of a root mean square of m errors the standard error is 1 / √(2 m) of it.
    const double six_errors = test::monte_carlo(6, 1 / std::sqrt(2.0 * streams));
    CHECK(std::sqrt(squares / streams) <= stated * (1 + six_errors));
    CHECK_NEAR(sum / streams, 0, test::monte_carlo(6, stated / std::sqrt(streams)));
  }
}

TEST_CASE("histogram: the edges agree with NumPy", "[stats][reference]") {
  // numpy.histogram_bin_edges(x, 'auto'): of scattered(), and of 1e6 + i² / 8 up to i = 100, i / 8
  // beyond, which has a long tail
  const auto even = stats::histogram_edges(
      {.count = 1000, .min = 1 / 7.0, .max = 144, .quartile_range = 71.78571428571428});
  REQUIRE(even.size() == 12);  // Sturges
  CHECK_NEAR(even[1], 13.220779220779221, test::ulps(1, 13.2));
  CHECK_NEAR(even[6], 78.6103896103896, test::ulps(1, 78.6));
  CHECK_NEAR(even[10], 130.92207792207793, test::ulps(1, 131));
  const auto tailed = stats::histogram_edges(
      {.count = 1000, .min = 1000000.125, .max = 1001250, .quartile_range = 61.1875});
  REQUIRE(tailed.size() == 104);  // Freedman and Diaconis
  CHECK_NEAR(tailed[1], 1000012.2597087378, test::ulps(1, 1e6));
  CHECK_NEAR(tailed[52], 1000631.129854369, test::ulps(1, 1e6));
  CHECK_NEAR(tailed[102], 1001237.8652912622, test::ulps(1, 1e6));
}

TEST_CASE("histogram: Sturges' rule gives 1 + log2 n bins for any range", "[stats][reference]") {
  math::Philox random(5);
  for (int exponent = 1; exponent <= 20; ++exponent)
    for (int i = 0; i < 500; ++i) {
      const double low = 100 * math::uniform(random), high = low + math::uniform(random);
      const auto edges =
          stats::histogram_edges({.count = std::int64_t{1} << exponent, .min = low, .max = high});
      REQUIRE(edges.size() == static_cast<std::size_t>(exponent) + 2);
    }
}
