#include "mathtool/stats/hypothesis/shapiro_wilk.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "log_normal.hpp"
#include "order_statistics.hpp"
#include "significance.hpp"

namespace mathtool::stats {
namespace {

template <std::size_t N>
double polynomial(const std::array<double, N>& c, double x) {
  double value = 0;
  for (std::size_t i = N; i-- > 0;) value = value * x + c[i];
  return value;
}

/// The first half of the weights, positive, the largest first.
std::vector<double> royston_weights(std::size_t n) {
  const std::size_t half = n / 2;
  std::vector<double> a(half);
  if (n == 3) return {std::sqrt(0.5)};
  const auto size = static_cast<double>(n);
  double sum = 0;
  for (std::size_t i = 0; i < half; ++i) {
    const double p = (static_cast<double>(i) + 1 - 0.375) / (size + 0.25);
    a[i] = static_cast<double>(normal_point(p, Tail::lower));
    sum += a[i] * a[i];
  }
  sum *= 2;
  const double root = std::sqrt(sum), u = 1 / std::sqrt(size);
  static constexpr std::array c1{0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056};
  static constexpr std::array c2{0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
  const double first = polynomial(c1, u) - a[0] / root;
  const double m1 = a[0] * a[0];
  if (n <= 5) {
    const double scale = std::sqrt((sum - 2 * m1) / (1 - 2 * first * first));
    for (double& each : a) each /= -scale;
  } else {
    const double second = polynomial(c2, u) - a[1] / root, m2 = a[1] * a[1];
    const double scale =
        std::sqrt((sum - 2 * m1 - 2 * m2) / (1 - 2 * first * first - 2 * second * second));
    for (double& each : a) each /= -scale;
    a[1] = second;
  }
  a[0] = first;
  return a;
}

/// 1 − W, without taking W from 1.
double lack_of_fit(const std::vector<double>& x) {
  const std::size_t n = x.size();
  const std::vector<double> a = royston_weights(n);
  const double range = x.back() - x.front();
  double mean = 0;
  for (const double each : x) mean += (each - x.front()) / range / static_cast<double>(n);
  double ssa = 0, ssx = 0, sax = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t j = n - 1 - i;
    const double weight = i == j ? 0 : i < j ? -a[i] : a[j];
    const double deviation = (x[i] - x.front()) / range - mean;
    ssa += weight * weight;
    ssx += deviation * deviation;
    sax += weight * deviation;
  }
  const double root = std::sqrt(ssa * ssx);
  return (root - sax) * (root + sax) / (ssa * ssx);
}

void set_royston_p_value(TestResult& result, double lack) {
  const double n = result.n;
  if (n == 3) {
    // Exact: W of three values has a closed form.
    const double p = 6 / std::numbers::pi *
                     (std::asin(std::sqrt(result.statistic)) - std::asin(std::sqrt(0.75)));
    return set_p_value(result, p);
  }
  static constexpr std::array g{-2.273, 0.459};
  static constexpr std::array c3{0.544, -0.39978, 0.025054, -6.714e-4};
  static constexpr std::array c4{1.3822, -0.77857, 0.062767, -0.0020322};
  static constexpr std::array c5{-1.5861, -0.31082, -0.083751, 0.0038915};
  static constexpr std::array c6{-0.4803, -0.082676, 0.0030302};
  double y = std::log(lack), mean, deviation;
  if (n <= 11) {
    const double gamma = polynomial(g, n);
    if (y >= gamma) {
      result.p_value = 1e-99;  // beyond the range of the approximation, as in AS R94
      result.log10_p = -99;
      return;
    }
    y = -std::log(gamma - y);
    mean = polynomial(c3, n);
    deviation = std::exp(polynomial(c4, n));
  } else {
    const double u = std::log(n);
    mean = polynomial(c5, u);
    deviation = std::exp(polynomial(c6, u));
  }
  const Extended z = (y - mean) / deviation;
  result.p_value = static_cast<double>(normal_tails(z).above);
  result.log10_p =
      static_cast<double>(log_normal_probability(z, Tail::upper) / std::numbers::ln10_v<Extended>);
}

}  // namespace

TestResult shapiro_wilk_test(std::span<const double> x) {
  require<InsufficientDataError>(x.size() >= 3 && x.size() <= shapiro_wilk_most,
                                 "Shapiro and Wilk's test takes 3 to {} values, got {}{}",
                                 shapiro_wilk_most, x.size(),
                                 x.size() > 3 ? "; use jarque-bera or anderson" : "");
  const std::vector<double> values = sorted(x);
  require<InsufficientDataError>(values.front() < values.back(),
                                 "all values equal {}; a test needs some that differ from each "
                                 "other",
                                 values.front());
  require<InsufficientDataError>(std::isfinite(values.back() - values.front()),
                                 "values are infinite, or too far apart");
  const double lack = lack_of_fit(values);
  TestResult result{.method = "Shapiro and Wilk's test of normality",
                    .null_hypothesis = "the values come from a normal distribution",
                    .statistic_name = "W",
                    .statistic = 1 - lack,
                    .alternative = Alternative::less,
                    .n = static_cast<double>(x.size())};
  set_royston_p_value(result, lack);
  return result;
}

}  // namespace mathtool::stats
