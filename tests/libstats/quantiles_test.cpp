#include "mathtool/stats/accumulators/quantiles.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Quantiles;

namespace {

Quantiles of(const std::vector<double>& x, std::int64_t capacity = Quantiles::default_capacity) {
  Quantiles q(capacity);
  q.push(x);
  return q;
}

std::vector<double> generate(std::size_t n, const std::function<double(double)>& value) {
  std::vector<double> x;
  for (std::size_t i = 0; i < n; ++i) x.push_back(value(static_cast<double>(i)));
  return x;
}

/// By how much the share p lies outside those that v covers among the sorted samples.
double rank_miss(const std::vector<double>& sorted, double v, double p) {
  const auto n = static_cast<double>(sorted.size());
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), v);
  const double low = static_cast<double>(first - sorted.begin()) / n;
  const double high = static_cast<double>(last - sorted.begin()) / n;
  return std::max({0.0, low - p, p - high});
}

}  // namespace

TEST_CASE("quantiles: the nine types agree with R", "[stats][quantiles]") {
  // R 4.2: quantile(c(2, 3, 5, 8, 13, 21, 34, 55), c(0.1, 0.25, 0.375, 0.5, 0.8), type = t)
  const Quantiles q = of({13, 2, 55, 5, 8, 34, 3, 21});
  const double p[] = {0.1, 0.25, 0.375, 0.5, 0.8};
  const std::vector<std::vector<double>> expected = {
      {2, 3, 5, 8, 34},
      {2, 4, 6.5, 10.5, 34},
      {2, 3, 5, 8, 21},
      {2, 3, 5, 8, 26.2},
      {2.3, 4, 6.5, 10.5, 32.7},
      {2, 3.5, 6.125, 10.5, 38.2},
      {2.7, 4.5, 6.875, 10.5, 28.80000000000001},
      {2.166666666666667, 3.833333333333333, 6.374999999999999, 10.499999999999996, 34},
      {2.2, 3.875, 6.40625, 10.5, 33.67500000000001},
  };
  for (int type = 1; type <= 9; ++type)
    for (std::size_t i = 0; i < 5; ++i) {
      CAPTURE(type, p[i]);
      const double figure = expected[static_cast<std::size_t>(type) - 1][i];
      CHECK_NEAR(q.quantile(p[i], type), figure, test::relative(1e-15, figure));
      CHECK(q.quantiles(p, type)[i] == q.quantile(p[i], type));
    }
}

TEST_CASE("quantiles: a share that is whole in decimals is whole", "[stats][quantiles]") {
  // 0.55 · 20 exceeds 11 in doubles; the definition takes the eleventh of 1..20.
  CHECK(of(generate(20, [](double i) { return i + 1; })).quantile(0.55, 1) == 11);
}

TEST_CASE("quantiles: few samples", "[stats][quantiles]") {
  CHECK(std::isnan(Quantiles().median()));
  CHECK(std::isnan(Quantiles().median_absolute_deviation(0)));
  for (int type = 1; type <= 9; ++type)
    for (const double p : {0.0, 0.3, 1.0}) CHECK(of({7}).quantile(p, type) == 7);
  CHECK(of({1, 2}).median() == 1.5);
  CHECK(of({5, 1, 3}).median() == 3);
  CHECK(of({1e300, -1e300, 1.7e308, -1.7e308}).median() == 0);
  CHECK(of({-INFINITY, 3, INFINITY}).median() == 3);
}

TEST_CASE("quantiles: NaN makes every quantile NaN, its weight permitting", "[stats][quantiles]") {
  Quantiles q = of({1, 2, 3});
  q.push(NAN, 0.0);
  CHECK(q.median() == 2);
  q.push(NAN);
  CHECK(std::isnan(q.median()));
  Quantiles other = of({5});
  other.merge(q);
  CHECK(std::isnan(other.median()));
  CHECK(other.count() == 6);
}

TEST_CASE("quantiles: arguments out of range are refused", "[stats][quantiles]") {
  Quantiles q = of({1, 2});
  CHECK_THROWS_AS(q.quantile(1.5), DomainError);
  CHECK_THROWS_AS(q.quantile(NAN), DomainError);
  CHECK_THROWS_AS(q.quantile(0.5, 10), DomainError);
  CHECK_THROWS_AS(q.push(1.0, 0.5), DomainError);
  CHECK_THROWS_AS(q.push(1.0, -1.0), DomainError);
  CHECK_THROWS_AS(q.push(1.0, 0x1p53), DomainError);
  CHECK_THROWS_AS(q.limit(1), DomainError);
  CHECK_THROWS_AS(q.push(std::vector{1.0, 2.0}, std::vector{1.0}), DimensionError);
  CHECK_THROWS_AS(Quantiles(Quantiles::least_capacity - 1), DomainError);
}

TEST_CASE("quantiles: the median absolute deviation is R's mad without its constant",
          "[stats][quantiles]") {
  // R 4.2: mad(c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9), constant = 1)
  CHECK(of({3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9}).median_absolute_deviation() == 2);
  CHECK(of({1, 2, 4, 100}).median_absolute_deviation(0) == 3);
  CHECK(of({4, 4, 4}).median_absolute_deviation() == 0);
}

TEST_CASE("quantiles: a weight equals so many samples", "[stats][quantiles]") {
  CHECK(rc::check([](const std::vector<std::pair<std::int8_t, std::uint8_t>>& samples) {
    Quantiles weighted, repeated;
    for (const auto& sample : samples) {
      weighted.push(sample.first, sample.second % 40);
      for (int i = 0; i < sample.second % 40; ++i) repeated.push(sample.first);
    }
    RC_ASSERT(weighted.weight() == repeated.weight());
    RC_ASSERT(!weighted.approximate());
    if (weighted.weight() == 0) return;
    for (int type = 1; type <= 9; ++type)
      for (const double p : {0.0, 0.2, 0.5, 0.71, 1.0})
        RC_ASSERT(weighted.quantile(p, type) == repeated.quantile(p, type));
    RC_ASSERT(weighted.median_absolute_deviation() == repeated.median_absolute_deviation());
  }));
}

TEST_CASE("quantiles: selection finds what sorting finds", "[stats][quantiles]") {
  math::Philox random(3);
  const auto uniform = [&](double) { return math::uniform(random); };
  const std::vector<std::pair<std::string, std::vector<double>>> samples = {
      {"uniform", generate(200001, uniform)},
      {"offset", generate(100000, [&](double i) { return 1e9 + uniform(i); })},
      {"few levels", generate(100000, [&](double i) { return std::floor(4 * uniform(i)); })},
      {"constant", generate(70000, [](double) { return -0.1; })},
      {"wide", generate(100000, [&](double i) { return std::pow(10, 600 * uniform(i) - 300); })},
      {"both signs", generate(100000, [&](double i) { return std::tan(3 * uniform(i)); })},
      {"an outlier", generate(100000, [&](double i) { return i == 5 ? 1e300 : uniform(i); })},
      {"two clusters", generate(100000, [&](double i) { return i < 40000 ? -1e-300 : 1e300; })}};
  for (const auto& [name, x] : samples) {
    INFO(name);
    const Quantiles q = of(x);
    std::vector<double> sorted = x, distances;
    std::sort(sorted.begin(), sorted.end());
    const auto n = static_cast<double>(x.size());
    for (const double p : {0.0, 1e-5, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0})
      CHECK(q.quantile(p, 1) ==
            sorted[static_cast<std::size_t>(std::max(1.0, std::ceil(n * p))) - 1]);
    for (const double value : x) distances.push_back(std::abs(value - sorted[100]));
    CHECK(q.median_absolute_deviation(sorted[100]) == of(distances).median());
  }
}

TEST_CASE("quantiles: beyond the capacity the stated error of rank holds", "[stats][quantiles]") {
  constexpr double n = 1000000;
  math::Philox random(11);
  const std::vector<std::pair<std::string, std::function<double(double)>>> streams = {
      {"sorted", [](double i) { return i; }},
      {"reversed", [](double i) { return -i; }},
      {"random", [&](double) { return math::uniform(random); }},
      {"organ pipe", [](double i) { return std::min(i, n - i); }},
      {"zigzag", [](double i) { return std::fmod(i, 2) == 0 ? i : -i; }},
      {"duplicates", [&](double) { return std::floor(20 * math::uniform(random)); }}};
  for (const auto& [name, value] : streams)
    for (const std::int64_t capacity : {64, 1000, 30001}) {
      CAPTURE(name, capacity);
      std::vector<double> x = generate(static_cast<std::size_t>(n), value);
      const Quantiles q = of(x, capacity);
      std::int64_t kept = 0;
      double weight = 0;
      q.for_each_part([&](std::span<const double> part, double each) {
        kept += std::ssize(part);
        weight += each * static_cast<double>(part.size());
      });
      CHECK(q.approximate());
      CHECK(kept <= capacity);
      CHECK(weight == n);
      CHECK(q.rank_error() < 200.0 / static_cast<double>(capacity));
      std::sort(x.begin(), x.end());
      double worst = 0;
      for (double p = 0; p <= 1; p += 1.0 / 128)
        worst = std::max(worst, rank_miss(x, q.quantile(p, 1), p));
      INFO("stated " << q.rank_error() << ", worst " << worst);
      CHECK(worst <= q.rank_error() + 1 / n);
    }
}

TEST_CASE("quantiles: merged sketches keep their promise", "[stats][quantiles]") {
  math::Philox random(5);
  Quantiles all(2000);
  std::vector<double> x;
  for (int block = 0; block < 60; ++block) {
    Quantiles part(block % 2 == 0 ? 2000 : 3000);
    for (int i = 0; i < 5000; ++i) {
      x.push_back(block + 10 * math::uniform(random));
      part.push(x.back());
    }
    all.merge(part);
  }
  std::sort(x.begin(), x.end());
  CHECK(all.count() == 300000);
  CHECK(all.rank_error() < 0.1);
  for (double p = 0; p <= 1; p += 1.0 / 64)
    CHECK(rank_miss(x, all.quantile(p, 1), p) <= all.rank_error() + 1e-5);
}

TEST_CASE("quantiles: the bits depend on the sequence, not on how it is pushed",
          "[stats][quantiles]") {
  math::Philox random(8);
  std::vector<double> x;
  for (int i = 0; i < 20000; ++i) x.push_back(math::uniform(random));
  const Quantiles whole = of(x, 500);
  Quantiles single(500), pieces(500);
  for (const double value : x) single.push(value);
  for (std::size_t first = 0, size = 1; first < x.size(); first += size, size = size * 3 % 1009) {
    size = std::min(size, x.size() - first);
    pieces.push(std::span(x).subspan(first, size));
  }
  CHECK(whole.rank_error() == single.rank_error());
  for (double p = 0; p <= 1; p += 0.01) {
    CHECK(whole.quantile(p) == single.quantile(p));
    CHECK(whole.quantile(p) == pieces.quantile(p));
  }
}

TEST_CASE("quantiles: merging blocks that fit equals one stream", "[stats][quantiles]") {
  Quantiles blocks(500), stream(500);
  for (int block = 0; block < 40; ++block) {
    Quantiles part(500);
    for (int i = 0; i < 97; ++i) {
      part.push(std::sin(block * 97 + i));
      stream.push(std::sin(block * 97 + i));
    }
    blocks.merge(part);
  }
  CHECK(blocks.approximate());
  for (double p = 0; p <= 1; p += 0.01) CHECK(blocks.quantile(p) == stream.quantile(p));
}

TEST_CASE("quantiles: a limit set later is kept to, and one merges with itself",
          "[stats][quantiles]") {
  std::vector<double> x = generate(100000, [](double i) { return std::sin(i); });
  Quantiles q = of(x);
  q.merge(q);
  CHECK(q.weight() == 200000);
  CHECK_FALSE(q.approximate());
  CHECK(q.median() == of(x).median());
  q.limit(1001);
  CHECK(q.approximate());
  CHECK(q.kept() <= 1001);
  std::sort(x.begin(), x.end());
  for (double p = 0; p <= 1; p += 1.0 / 64)
    CHECK(rank_miss(x, q.quantile(p, 1), p) <= q.rank_error() + 1e-5);
}

TEST_CASE("quantiles: great weights beyond the capacity", "[stats][quantiles]") {
  Quantiles q(4096);
  for (int i = 0; i < 1000; ++i) q.push(i, 1e9 + i % 2);
  CHECK(q.weight() == 1e12 + 500);
  CHECK(q.approximate());
  CHECK(q.rank_error() < 0.1);
  CHECK_NEAR(q.median(), 500, 1 + 1000 * q.rank_error());
}
