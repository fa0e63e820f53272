#include "mathtool/stats/hypothesis/studentized_range.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../special/incomplete_gamma.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

constexpr double tail_reach = 38;  // φ is 0 in doubles beyond

double normal_lower(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

double normal_height(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

/// P(W > w) by the trapezoidal rule, which for such integrands converges faster than any power of
/// the step. z is the largest of the k variables.
double range_survival(double k, double w) {
  if (!(w > 0)) return 1;
  const double step = 0.35 / std::sqrt(1 + std::log(k));
  const double low = std::max(-tail_reach, -9.0), high = std::min(tail_reach, w + 9.0);
  double sum = 0;
  for (double z = low; z <= high; z += step) {
    const double below = normal_lower(z);
    const double share = std::min(1.0, normal_lower(z - w) / below);
    const double missed = share == 1 ? 1 : -std::expm1((k - 1) * std::log1p(-share));
    sum += normal_height(z) * std::pow(below, k - 1) * missed;
  }
  return std::min(1.0, k * step * sum);
}

double range_cdf(double k, double w) {
  if (!(w > 0)) return 0;
  // With z the middle between the ends of a window of width w, both tails keep their digits.
  const double step = 0.35 / std::sqrt(1 + std::log(k));
  double sum = 0;
  for (double z = -9.0; z <= w + 9.0; z += step) {
    const double middle = z - w / 2;
    const double inside = middle > 0 ? normal_lower(w / 2 - middle) - normal_lower(-z)
                                     : normal_lower(z) - normal_lower(z - w);
    if (inside > 0) sum += normal_height(z) * std::pow(inside, k - 1);
  }
  return std::min(1.0, k * step * sum);
}

/// u − (e^{2u} − 1)/2 = −Σ 2ᵏ⁻¹ uᵏ / k!, k ≥ 2: the series where the difference would cancel.
Extended bend(Extended u) {
  if (std::abs(u) > 0.05L) return u - std::expm1(2 * u) / 2;
  Extended term = -u * u, sum = 0;
  for (int k = 2; k < 16; ++k) {
    sum += term;
    term *= 2 * u / (k + 1);
  }
  return sum;
}

/// ∫ g(e^u) f(u) du, where e^u = s has the distribution of √(χ²/df).
template <class G>
double over_deviations(double df, const G& g) {
  if (df > 1e15) return g(1.0);
  // f(u) = 2 (df/2)^{df/2} / Γ(df/2) exp(df (u − e^{2u}/2)).
  const Extended half = df / 2;
  const Extended log_height = std::log(2 * half) + log_gamma_weight(half, half);
  const double width = 1 / std::sqrt(2 * df);
  const double step = std::min(0.1, 0.6 * width);
  double sum = 0, largest = 0;
  const auto add = [&](double u) {
    const auto log_density = static_cast<double>(df * bend(u) + log_height);
    const double term = std::exp(log_density) * g(std::exp(u));
    sum += term;
    largest = std::max(largest, term);
    return term;
  };
  // Terms may grow before they shrink: a tail of g moves the peak far to the right.
  for (double u = 0; u <= 6; u += step)
    if (add(u) < 1e-18 * largest && u > 10 * width) break;
  for (double u = -step; u > -60 / std::min(1.0, df); u -= step)
    if (add(u) < 1e-18 * largest && u < -10 * width) break;
  return std::min(1.0, step * sum);
}

}  // namespace

StudentizedRange::StudentizedRange(double k, double df) : k_(k), df_(df) {
  require(k >= 2 && k == std::floor(k) && std::isfinite(k),
          "studentized range: k must be a whole number >= 2, got {}", k);
  require(df > 0, "studentized range: df must be > 0, got {}", df);
}

double StudentizedRange::survival(double q) const {
  if (std::isnan(q)) return q;
  if (q <= 0) return 1;
  return over_deviations(df_, [&](double s) { return range_survival(k_, q * s); });
}

double StudentizedRange::cdf(double q) const {
  if (std::isnan(q)) return q;
  if (q <= 0) return 0;
  return over_deviations(df_, [&](double s) { return range_cdf(k_, q * s); });
}

double StudentizedRange::quantile_survival(double p) const {
  require(p > 0 && p < 1, "studentized range: a probability must be in (0, 1), got {}", p);
  double high = 4;
  while (survival(high) > p && high < 1e300) high *= 2;
  double low = high / 2;
  while (survival(low) < p) low /= 2;
  // In logarithms the function is nearly a line, which the bracketing solver likes.
  const double target = std::log(p);
  double a = low, b = high, fa = std::log(survival(a)) - target,
         fb = std::log(survival(b)) - target;
  if (fa == 0) return a;
  for (int i = 0; i < 200 && fb != 0 && b - a > 4e-16 * b; ++i) {
    double c = a - fa * (b - a) / (fb - fa);  // false position, Illinois variant
    if (!(c > a && c < b)) c = (a + b) / 2;
    const double fc = std::log(survival(c)) - target;
    if (std::abs(fc) < 1e-15) return c;
    if ((fc > 0) == (fa > 0)) {
      a = c, fa = fc;
      fb /= 2;
    } else {
      b = c, fb = fc;
      fa /= 2;
    }
  }
  return (a + b) / 2;
}

}  // namespace mathtool::stats
