#include "mathtool/stats/accumulators/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/histogram_edges.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::histogram_edges;

TEST_CASE("histogram: a bin has its lower edge, the last one both", "[stats][histogram]") {
  stats::Histogram h({0, 1, 2, 4});
  h.push(std::vector<double>{-0.1, 0.0, 0.999, 1.0, 2.0, 3.0, 4.0, 4.1, INFINITY, -INFINITY, NAN});
  CHECK(h.counts() == std::vector{2.0, 1.0, 3.0});
  CHECK(h.below() == 2);
  CHECK(h.above() == 2);
  CHECK(h.missing() == 1);
  CHECK(h.count() == 11);
}

TEST_CASE("histogram: a weight equals so many samples", "[stats][histogram]") {
  stats::Histogram weighted({0, 1, 2}), repeated({0, 1, 2});
  weighted.push(std::vector{0.5, 1.5, 7.0}, std::vector{2.0, 0.0, 3.0});
  repeated.push(std::vector{0.5, 0.5, 7.0, 7.0, 7.0});
  CHECK(weighted.counts() == repeated.counts());
  CHECK(weighted.above() == repeated.above());
}

TEST_CASE("histogram: edges that do not rise and counts without edges are refused",
          "[stats][histogram]") {
  CHECK_THROWS_AS(stats::Histogram({1}), DomainError);
  CHECK_THROWS_AS(stats::Histogram({1, 1}), DomainError);
  CHECK_THROWS_AS(stats::Histogram({0, NAN}), DomainError);
  CHECK_THROWS_AS(stats::Histogram({0, INFINITY}), DomainError);
  CHECK_THROWS_AS(stats::Histogram().push(1.0), DomainError);
  CHECK_THROWS_AS(stats::Histogram({0, 1}).push(1.0, -1.0), DomainError);
  stats::Histogram h({0, 1});
  CHECK_THROWS_AS(h.merge(stats::Histogram({0, 2})), DomainError);
}

TEST_CASE("histogram: bins by Freedman and Diaconis, by Sturges without a quartile range",
          "[stats][histogram]") {
  // n = 1000, range 10, IQR 2: width 4 / 10, 25 bins; Sturges 10 / (1 + 9.966), 11 bins.
  const auto edges = histogram_edges({.count = 1000, .min = 0, .max = 10, .quartile_range = 2});
  CHECK(edges.size() == 26);
  CHECK(edges.front() == 0);
  CHECK(edges.back() == 10);
  CHECK_NEAR(edges[1], 0.4, test::ulps(1, 0.4));
  CHECK(histogram_edges({.count = 1000, .min = 0, .max = 10}).size() == 12);
  CHECK(histogram_edges({.count = 1000, .min = 0, .max = 10, .quartile_range = 9}).size() == 12);
  CHECK(histogram_edges({.count = 1000, .min = 0, .max = 10}, {.bins = 7}).size() == 8);
}

TEST_CASE("histogram: whole numbers have bins of whole width around them", "[stats][histogram]") {
  const stats::SampleSpread dice{
      .count = 600, .min = 1, .max = 6, .quartile_range = 3, .whole_numbers = true};
  CHECK(histogram_edges(dice) == std::vector{0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5});
  // n = 1000, range 100, IQR 50: width min(10, 9.1), rounded up to 10: 101 values in 11 bins.
  const auto edges = histogram_edges(
      {.count = 1000, .min = 0, .max = 100, .quartile_range = 50, .whole_numbers = true});
  CHECK(edges.size() == 12);
  CHECK(edges.front() == -0.5);
  CHECK(edges.back() == 109.5);
}

TEST_CASE("histogram: hostile ranges still give rising edges that hold all samples",
          "[stats][histogram]") {
  const std::vector<stats::SampleSpread> spreads = {
      {.count = 1, .min = 3, .max = 3},
      {.count = 9, .min = 1e17, .max = 1e17, .whole_numbers = true},
      {.count = 100, .min = 1e17, .max = 1e17 + 64, .quartile_range = 16, .whole_numbers = true},
      {.count = 100, .min = 1, .max = 1 + 0x1p-51, .quartile_range = 0x1p-52},
      {.count = 1000000, .min = 0, .max = 1e300, .quartile_range = 1},
      {.count = 1000000, .min = 0, .max = 1e15, .quartile_range = 1, .whole_numbers = true},
      {.count = 50, .min = -1.7e308, .max = 1.7e308, .quartile_range = INFINITY},
      {.count = 50, .min = 0, .max = 5e-324, .quartile_range = 5e-324}};
  for (const stats::SampleSpread& spread : spreads) {
    CAPTURE(spread.min, spread.max);
    stats::Histogram h(histogram_edges(spread));
    CHECK(h.counts().size() <= 1000);
    h.push(std::vector{spread.min, spread.max});
    CHECK(h.below() + h.above() == 0);
  }
  CHECK(histogram_edges({.count = 1, .min = 3, .max = 3}) == std::vector{2.5, 3.5});
  CHECK_THROWS_AS(histogram_edges({.count = 0}), DomainError);
  CHECK_THROWS_AS(histogram_edges({.count = 2, .min = 0, .max = INFINITY}), DomainError);
  CHECK_THROWS_AS(histogram_edges({.count = 2, .min = 2, .max = 1}), DomainError);
}

TEST_CASE("histogram: bins of any widths have what lies between their edges",
          "[stats][histogram]") {
  std::vector<double> equal, growing = {0}, huge;
  for (int i = 0; i <= 30; ++i) {
    equal.push_back(std::lerp(-0.3, 0.7, i / 30.0));
    growing.push_back(std::pow(3.0, i));
    huge.push_back(std::lerp(-1.7e308, 1.7e308, i / 30.0));
  }
  for (const std::vector<double>& edges : {equal, growing, huge}) {
    CAPTURE(edges.back());
    stats::Histogram h(edges);
    std::vector<double> samples;
    for (const double edge : edges)
      samples.insert(samples.end(),
                     {std::nextafter(edge, -INFINITY), edge, std::nextafter(edge, INFINITY)});
    h.push(samples);
    for (std::size_t bin = 0; bin + 1 < edges.size(); ++bin) {
      const bool last = bin + 2 == edges.size();
      const auto expected = std::count_if(samples.begin(), samples.end(), [&](double x) {
        return edges[bin] <= x && (x < edges[bin + 1] || (last && x == edges[bin + 1]));
      });
      CHECK(h.counts()[bin] == static_cast<double>(expected));
    }
    CHECK(h.below() + h.above() == 2);
  }
}
