#include "special/normal_wedge.hpp"

#include <algorithm>
#include <numbers>

#include "special/constants.hpp"
#include "special/gauss_panel.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {
namespace {

/// 2 T(h, a) exp(h²/2) for a ≤ 1 and ah ≤ 1.
Extended scaled_owen(Extended h, Extended a) {
  return gauss_integral([&](Extended u) { return std::exp(-h * u * (h * u) / 2) / (1 + u * u); }, 0,
                        a) /
         pi;
}

/// 1/π ∫ exp(−h²(u² − a²)/2)/(1 + u²) du over u > a, with u = a exp(s). Pre: ah is not small.
Extended scaled_angle(Extended h, Extended a) {
  const Extended c = a * h * (a * h) / 2, end = std::log1p(46 / c) / 2;
  const auto integrand = [&](Extended s) {
    const Extended u = a * std::exp(s);
    return std::exp(-c * std::expm1(2 * s)) / (1 / u + u);
  };
  return gauss_integral(integrand, 0, end, 1e-13L) / pi;
}

constexpr Extended small = 0.6L;  ///< ah below which the integral over u > a is long

}  // namespace

Extended normal_wedge(Extended h, Extended a) {
  if (a * h > small) return std::exp(-h * h / 2 - a * h * (a * h) / 2) * scaled_angle(h, a);
  if (a <= 1) return normal_tails(-h).below - std::exp(-h * h / 2) * scaled_owen(h, a);
  // By T(h, a) + T(ah, 1/a) = ½ Φ(−h) + ½ Φ(−ah) − Φ(−h) Φ(−ah).
  const Extended distance = a * h;
  return std::exp(-distance * distance / 2) * scaled_owen(distance, 1 / a) -
         normal_tails(-distance).below * std::erf(h / std::numbers::sqrt2_v<Extended>);
}

Extended log_normal_wedge(Extended h, Extended a) {
  if (a * h > small) return std::log(scaled_angle(h, a)) - h * h / 2 - a * h * (a * h) / 2;
  const Extended log_half_plane = log_normal_tail(h, Tail::upper);
  return log_half_plane + std::log1p(-std::exp(-h * h / 2 - log_half_plane) * scaled_owen(h, a));
}

}  // namespace mathtool::stats
