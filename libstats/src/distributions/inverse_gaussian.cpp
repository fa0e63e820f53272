#include "mathtool/stats/distributions/inverse_gaussian.hpp"

#include <algorithm>

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/gamma_functions.hpp"
#include "special/gauss_panel.hpp"
#include "special/logarithms.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {

InverseGaussian::InverseGaussian(double mean, double shape) : mean_(mean), shape_(shape) {
  check_parameters(*this);
}

Extended InverseGaussian::exponent(Extended x) const {
  const Extended distance = (x - mean_) / mean_;
  return distance * distance * (shape_ / x) / 2;
}

Extended InverseGaussian::log_density(Extended x) const {
  if (x == 0) return -infinity;
  return (std::log(shape_ / x) - 2 * std::log(x)) / 2 - log_root_two_pi - exponent(x);
}

// With φ and Φ of the standard normal distribution, u = √(shape/x) (x/mean − 1) and
// v = u + 2 √(shape/x):   P(X ≤ x) = φ(u) (M(−u) + M(v)),   P(X > x) = φ(u) (M(u) − M(v)),
// M(t) = Φ(−t)/φ(t) = ∫ exp(−ts − s²/2) ds over s > 0.
Extended InverseGaussian::scaled_tail(Extended x, Tail tail) const {
  constexpr Extended height = 0.398942280401432677939946059934381868L;
  const Extended gap = 2 * std::sqrt(shape_ / x), u = gap / 2 * ((x - mean_) / mean_);
  if (tail == Tail::lower) return height * (mills_ratio(-u) + mills_ratio(u + gap));
  if (gap > std::max<Extended>(u, 1)) return height * (mills_ratio(u) - mills_ratio(u + gap));
  const auto difference = [&](Extended s) {
    return std::exp(-s * (u + s / 2)) * -std::expm1(-gap * s);
  };
  const Extended end = 92 / (u + std::sqrt(u * u + 92));
  return height * gauss_integral(difference, 0, end, 1e-13L);
}

Tails InverseGaussian::tails(Extended x) const {
  if (x == 0) return {0, 1};
  const Extended density = std::exp(-exponent(x));
  if (x <= mean_) {
    const Extended below = density * scaled_tail(x, Tail::lower);
    if (below <= 0.75L) return {below, 1 - below};
  }
  const Extended above = density * scaled_tail(x, Tail::upper);
  return {1 - above, above};
}

Extended InverseGaussian::log_tail(Extended x, Tail tail) const {
  return std::log(scaled_tail(x, tail)) - exponent(x);
}

double InverseGaussian::sample(math::Philox& random) const {
  const double z = normal_variate(random), r = z * z * (mean_ / shape_) / 2;
  const double ratio = 1 / (1 + r + std::sqrt(r) * std::sqrt(r + 2));
  return math::uniform(random) * (1 + ratio) <= 1 ? mean_ * ratio : mean_ / ratio;
}

Extended InverseGaussian::variance() const {
  return Extended(mean_) * mean_ * (mean_ / Extended(shape_));
}

double InverseGaussian::mode() const {
  const Extended r = 1.5L * mean_ / shape_;
  return static_cast<double>(mean_ / (r + std::sqrt(1 + r * r)));
}

double InverseGaussian::entropy() const {
  const Extended ratio = Extended(shape_) / mean_;
  return static_cast<double>(log_root_two_pi + 0.5L - std::log(ratio) / 2 +
                             std::log(Extended(mean_)) -
                             1.5L * scaled_exponential_integral(2 * ratio));
}

}  // namespace mathtool::stats
