#include "special/large_gamma.hpp"

#include <array>

#include "special/constants.hpp"
#include "special/incomplete_gamma.hpp"

namespace mathtool::stats {
namespace {

constexpr std::size_t orders = 6, terms = 36;

/// cₖ(η) = ∑ table[k][n] ηⁿ.
using Table = std::array<std::array<Extended, terms + 2 * orders>, orders>;

const Table& coefficients() {
  static const Table table = [] {
    // x/a = 1 + ∑ αₙ ηⁿ.
    constexpr std::size_t most = terms + 2 * orders + 2;
    std::array<Extended, most> alpha{};
    alpha[1] = 1;
    for (std::size_t n = 2; n < most; ++n) {
      Extended sum = alpha[n - 1];
      for (std::size_t j = 2; j < n; ++j) sum -= j * alpha[j] * alpha[n - j + 1];
      alpha[n] = sum / (n + 1);
    }
    // Of Stirling's series of Γ, signs alternating.
    constexpr std::array<Extended, orders> stirling{
        1, -1.0L / 12, 1.0L / 288, 139.0L / 51840, -571.0L / 2488320, -163879.0L / 209018880};
    Table d{};
    d[0][0] = -1.0L / 3;
    for (std::size_t n = 1; n + 2 < most; ++n) d[0][n] = (n + 2) * alpha[n + 2];
    for (std::size_t k = 1; k < orders; ++k)
      for (std::size_t n = 0; n < terms + 2 * (orders - k); ++n)
        d[k][n] = stirling[k] * d[0][n] + (n + 2) * d[k - 1][n + 2];
    return d;
  }();
  return table;
}

/// ∑ cₖ(η) a⁻ᵏ.
Extended correction(Extended a, Extended eta) {
  const Table& table = coefficients();
  Extended sum = 0;
  for (std::size_t k = orders; k-- > 0;) {
    Extended c = 0;
    for (std::size_t n = terms; n-- > 0;) c = c * eta + table[k][n];
    sum = sum / a + c;
  }
  return sum;
}

}  // namespace

Extended large_gamma_tail(Extended a, Extended x, Tail tail) {
  const Extended exponent = deviance(a, x), sign = tail == Tail::upper ? 1 : -1;
  const Extended eta = std::copysign(std::sqrt(2 * exponent / a), x - a);
  return std::erfc(sign * std::copysign(std::sqrt(exponent), x - a)) / 2 +
         sign * std::exp(-exponent) / (root_two_pi * std::sqrt(a)) * correction(a, eta);
}

Extended log_large_gamma_tail(Extended a, Extended x, Tail tail) {
  const Extended exponent = deviance(a, x), sign = tail == Tail::upper ? 1 : -1;
  const Extended eta = std::copysign(std::sqrt(2 * exponent / a), x - a);
  // Mills' ratio of the normal tail at t > 100, by its continued fraction.
  const Extended t = std::sqrt(2 * exponent);
  Extended rest = t;
  for (int k = 20; k >= 1; --k) rest = t + k / rest;
  return -exponent + std::log((1 / rest + sign / std::sqrt(a) * correction(a, eta)) / root_two_pi);
}

}  // namespace mathtool::stats
