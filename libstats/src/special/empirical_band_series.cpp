#include <array>
#include <boost/math/special_functions/zeta.hpp>

#include "special/constants.hpp"
#include "special/empirical_band.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {
namespace {

/// ζ(2), ζ(4), …: the coefficients of (1 − y cot y)/2 in powers of (y/π)².
const auto& even_zetas() {
  static const auto values = [] {
    std::array<Extended, 40> zetas{};
    for (std::size_t k = 0; k < zetas.size(); ++k)
      zetas[k] = boost::math::zeta(static_cast<Extended>(2 * k + 2), QuietPolicy());
    return zetas;
  }();
  return values;
}

/// At y: τ = 1/y − cot y with two derivatives, and 1 + log s(y), all from series without signs.
struct PlaceOfPole {
  Extended tangent, slope, curvature, log_s;
};

PlaceOfPole place_of_pole(Extended y) {
  PlaceOfPole at{};
  const Extended q = (y / pi) * (y / pi);
  Extended power = 1, k = 1;
  for (const Extended zeta : even_zetas()) {
    power *= q;
    const Extended part = zeta * power;
    at.tangent += 2 * part / y;
    at.slope += 2 * (2 * k - 1) * part / (y * y);
    at.curvature += 2 * (2 * k - 1) * (2 * k - 2) * part / (y * y * y);
    at.log_s += (2 + 1 / k) * part;
    if (k * k * power < q * 1e-22L) break;
    ++k;
  }
  return at;
}

/// The root of 2ty + α(y) = kπ, by steps that contract like 1/(6t).
Extended pole(Extended t, Extended k) {
  Extended y = k * pi / (2 * t + 1 / 3.0L);
  for (int step = 0; step < 40; ++step) {
    const Extended next = (k * pi - std::atan(place_of_pole(y).tangent)) / (2 * t);
    const bool settled = std::abs(next - y) <= 1e-19L * y;
    y = next;
    if (settled) break;
  }
  return y;
}

}  // namespace

// 15 + z follows exp(−2z) of the upper tail, which is what 1 − P leaves.
bool band_series_holds(Extended n, Extended t) { return t >= 15 + t * t / n; }

LogBand band_series(Extended n, Extended t) {
  constexpr Extended deepest = 50;
  Extended probability = 0, slope = 0, first = 0;
  for (Extended k = 1, sign = -1;; ++k, sign = -sign) {
    const Extended y = pole(t, k);
    const auto [tangent, rise, curvature, log_s] = place_of_pole(y);
    if (k == 1) first = n * log_s;
    const Extended exponent = first - n * log_s;
    if (exponent < -deepest) break;
    const Extended square = 1 + tangent * tangent, secant = std::sqrt(square);
    const Extended angle_rise = rise / square;
    const Extended angle_curvature = curvature / square - 2 * tangent * angle_rise * angle_rise;
    const Extended crowd = 2 * t + angle_rise, y_rise = -2 * y / crowd;
    const Extended height = 1 - sign * secant, height_rise = -sign * secant * tangent * angle_rise;
    const Extended term = std::exp(exponent) / crowd;
    probability += term * height;
    slope += term * (height_rise * y_rise - height * (2 + angle_curvature * y_rise) / crowd -
                     height * n * y * square * y_rise);
  }
  const Extended log_scale = stirling_error(n) + std::log(two_pi * n) / 2 - first;
  return {log_scale + std::log(probability), log_scale + std::log(slope)};
}

}  // namespace mathtool::stats
