// Figures in 50 digits from the same doubles, beside what the accumulators and p-values give.

#include <boost/math/special_functions/beta.hpp>
#include <boost/multiprecision/cpp_dec_float.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/accumulators/fourth_norm.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"
#include "mathtool/stats/correlation.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using Exact = boost::multiprecision::cpp_dec_float_50;

namespace {

struct ExactMoments {
  double mean, variance, skewness, kurtosis;
};

ExactMoments exact_moments(const std::vector<double>& x, const std::vector<double>& weights) {
  Exact n = 0, sum = 0, squares = 0, cubes = 0, fourths = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    n += weights[i];
    sum += Exact(x[i]) * weights[i];
  }
  const Exact mean = sum / n;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Exact d = x[i] - mean, square = d * d * weights[i];
    squares += square;
    cubes += square * d;
    fourths += square * d * d;
  }
  const Exact variance = squares / n, g1 = cubes / n / (variance * sqrt(variance));
  const Exact g2 = fourths / n / (variance * variance) - 3;
  const Exact skewness = g1 * sqrt(n * (n - 1)) / (n - 2);
  const Exact kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
  return {static_cast<double>(mean), static_cast<double>(squares / (n - 1)),
          static_cast<double>(skewness), static_cast<double>(kurtosis)};
}

struct Stream {
  std::string name;
  std::function<double(double u, int i)> value;  ///< of a uniform number and its place
};

const std::vector<Stream> streams = {
    {"uniform", [](double u, int) { return u; }},
    {"skewed", [](double u, int) { return -std::log(u); }},
    {"offset 1e9", [](double u, int) { return 1e9 + std::pow(u, 4); }},
    {"integers from 1e15", [](double u, int) { return 1e15 + std::floor(10 * u * u * u); }},
    {"variance 1e-17 around 1", [](double u, int) { return 1 + 1e-8 * u * u; }},
    {"variance 1e-121", [](double u, int) { return 1e-60 * u * u; }},
    {"variance 1e139", [](double u, int) { return 1e70 * u * u; }},
    {"heavy tails", [](double u, int) { return std::tan(3.1 * (u - 0.5)); }},
    {"one outlier", [](double u, int i) { return i == 17 ? 1e6 : u; }},
    {"trend", [](double u, int i) { return i + u; }},
    {"a level that drops by 1e8", [](double u, int i) { return i < 500 ? 1e8 + u : u; }}};

std::vector<double> sample(const Stream& stream, int n) {
  math::Philox random(7);
  std::vector<double> x;
  for (int i = 0; i < n; ++i) x.push_back(stream.value(math::uniform(random), i));
  return x;
}

/// An ulp of the mean, or of the spread where that is larger.
double mean_tolerance(const ExactMoments& exact) {
  return test::ulps(1, std::max(std::abs(exact.mean), std::sqrt(exact.variance)));
}

/// Relative, and absolute below 1, where skewness and kurtosis cross 0.
double error(double computed, double exact) {
  return std::abs(computed - exact) / std::max(1.0, std::abs(exact));
}

Exact exact_covariance(const Mat& X, Index a, Index b) {
  Exact sum_a = 0, sum_b = 0, products = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    sum_a += X(i, a);
    sum_b += X(i, b);
  }
  const Exact mean_a = sum_a / X.rows(), mean_b = sum_b / X.rows();
  for (Index i = 0; i < X.rows(); ++i) products += (X(i, a) - mean_a) * (X(i, b) - mean_b);
  return products / (X.rows() - 1);
}

}  // namespace

TEST_CASE("moments: fifteen digits of 50-digit arithmetic, whole and with fractional weights",
          "[stats][reference]") {
  for (const Stream& stream : streams)
    for (const int n : {5, 1000, 20000}) {
      CAPTURE(stream.name, n);
      const std::vector<double> x = sample(stream, n), ones(x.size(), 1.0);
      std::vector<double> weights;
      for (int i = 0; i < n; ++i) weights.push_back(i % 5 == 3 ? i % 7 * 0.25 : i * 7919 % 97 + 1);
      for (const bool weighted : {false, true}) {
        stats::Moments m;
        weighted ? m.push(x, weights) : m.push(x);
        const ExactMoments exact = exact_moments(x, weighted ? weights : ones);
        CHECK_NEAR(m.mean(), exact.mean, mean_tolerance(exact));
        CHECK_NEAR(m.variance(), exact.variance, test::ulps(2, exact.variance));
        CHECK_NEAR(error(m.skewness(), exact.skewness), 0, 1e-15);
        CHECK_NEAR(error(m.kurtosis(), exact.kurtosis), 0, 3e-15);
      }
    }
}

TEST_CASE("moments: sample by sample thirteen digits of 50-digit arithmetic",
          "[stats][reference]") {
  for (const Stream& stream : streams) {
    CAPTURE(stream.name);
    const std::vector<double> x = sample(stream, 20000), ones(x.size(), 1.0);
    const auto m = stats::accumulate<stats::Moments>(x);
    const ExactMoments exact = exact_moments(x, ones);
    CHECK_NEAR(m.mean(), exact.mean, mean_tolerance(exact));
    CHECK_NEAR(m.variance(), exact.variance, test::ulps(2, exact.variance));
    CHECK_NEAR(error(m.skewness(), exact.skewness), 0, 1e-13);
    CHECK_NEAR(error(m.kurtosis(), exact.kurtosis), 0, 1e-13);
  }
}

TEST_CASE("moments: powers of deviations that leave the range of doubles give NaN",
          "[stats][reference]") {
  const Stream uniform = streams[0];
  const std::vector<double> x = sample(uniform, 1000);
  for (const double scale : {1e-155, 1e-110, 1e-107, 1e-103, 1e-81, 1e-76, 1e76, 1e78, 1e104}) {
    CAPTURE(scale);
    stats::Moments m, plain;
    std::vector<double> scaled;
    for (const double value : x) scaled.push_back(scale * value);
    plain.push(x);
    m.push(scaled);
    CHECK((std::isnan(m.skewness()) || error(m.skewness(), plain.skewness()) <= 1e-13));
    CHECK((std::isnan(m.kurtosis()) || error(m.kurtosis(), plain.kurtosis()) <= 1e-13));
    CHECK(std::isnan(m.skewness()) == (scale < 1e-102 || scale > 1e103));
    CHECK(std::isnan(m.kurtosis()) == (scale < 1e-76 || scale > 1e77));
  }
}

TEST_CASE("pearson: p-values agree with 50-digit arithmetic for 3 to 1e12 rows",
          "[stats][reference]") {
  const std::vector<std::pair<double, std::int64_t>> cases = {{0.5, 3},
                                                              {0.999999, 3},
                                                              {1e-8, 5},
                                                              {0.3, 10},
                                                              {1 - 1e-14, 22},
                                                              {0.9999999, 40},
                                                              {0.75, 40},
                                                              {0.7, 41},
                                                              {0.9, 300},
                                                              {0.93, 700},
                                                              {0.1, 10000},
                                                              {0.001, 1000000},
                                                              {0.03, 1000000},
                                                              {0.037, 1000000},
                                                              {1e-4, 100000000},
                                                              {1e-9, 1000000000},
                                                              {1e-5, 1000000000},
                                                              {0.00117, 1000000000},
                                                              {3e-6, 1000000000000}};
  for (const auto& [r, n] : cases) {
    Mat C(2, 2);
    C << 1, r, r, 1;
    const double p = stats::pearson_correlation({Vec::Zero(2), C, n}).p_values(0, 1);
    const Exact exact = boost::math::ibeta(Exact(n - 2) / 2, Exact(0.5), 1 - Exact(r) * r);
    CAPTURE(r, n, p);
    const auto expected = static_cast<double>(exact);
    CHECK_NEAR(p, expected, test::relative(1e-13, expected));
  }
}

TEST_CASE("covariance: 300 columns with an offset of 1e9 agree with 50-digit arithmetic",
          "[stats][reference]") {
  constexpr Index n = 2500, p = 300;
  Mat X = test::random_matrix(n, p, 3);
  for (Index j = p - 1; j >= 0; --j)
    X.col(j).array() += X.col(0).array() + 1e9 * static_cast<double>(1 + j % 3);
  stats::Covariance covariance, threads(p, 2);
  stats::PairwiseCovariance pairwise;
  covariance.push_rows(X);
  threads.push_rows(X);
  for (Index i = 0; i < n; i += 1000)
    pairwise.push_rows(X.middleRows(i, std::min(n - i, Index{1000})));
  const Mat C = covariance.matrix(), P = pairwise.pairwise().matrix;
  CHECK(C == threads.matrix());
  for (Index a = 0; a < p; a += 23)
    for (Index b = 0; b <= a; b += 17) {
      const double exact = static_cast<double>(exact_covariance(X, a, b));
      const double scale = std::sqrt(C(a, a) * C(b, b));
      CHECK_NEAR(C(a, b), exact, test::relative(1e-14, scale));
      CHECK_NEAR(P(a, b), exact, test::relative(1e-14, scale));
    }
}

TEST_CASE("fourth norm: blocks with an offset of 1e6 agree with 50-digit arithmetic",
          "[stats][reference]") {
  constexpr Index n = 3000, p = 12;
  const Mat X = test::random_matrix(n, p, 5).array() + 1e6;
  stats::FourthNorm norm;
  for (Index i = 0; i < n; i += 1000) norm.push_rows(X.middleRows(i, 1000));
  std::vector<Exact> means(p, 0);
  for (Index j = 0; j < p; ++j) {
    for (Index i = 0; i < n; ++i) means[static_cast<std::size_t>(j)] += X(i, j);
    means[static_cast<std::size_t>(j)] /= n;
  }
  Exact fourths = 0;
  for (Index i = 0; i < n; ++i) {
    Exact square = 0;
    for (Index j = 0; j < p; ++j) {
      const Exact d = X(i, j) - means[static_cast<std::size_t>(j)];
      square += d * d;
    }
    fourths += square * square;
  }
  const auto expected = static_cast<double>(fourths);
  CHECK_NEAR(norm.fourths(), expected, test::relative(1e-14, expected));
}
