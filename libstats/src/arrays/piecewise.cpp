#include "arrays/piecewise.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <utility>

namespace mathtool::stats {
namespace {

constexpr std::uint64_t mantissa_bits = 52;

}  // namespace

Piecewise::Piecewise(std::function<Extended(double)> f, Grid grid, double unit)
    : f_(std::move(f)),
      unit_(unit),
      bits_(grid.bits),
      first_(piece_number(std::ldexp(1.0, grid.lowest))),
      pieces_(static_cast<std::size_t>(grid.octaves) << grid.bits) {}

// The numbers of a negative u, of infinity and NaN are beyond the last piece.
std::uint64_t Piecewise::piece_number(double u) const {
  return std::bit_cast<std::uint64_t>(u) >> (mantissa_bits - static_cast<std::uint64_t>(bits_));
}

/// Interpolation in Chebyshev's points, kept if the last coefficients have come down to rounding.
void Piecewise::fit(std::uint64_t index) {
  constexpr std::size_t count = degree + 1;
  Piece& piece = pieces_[index];
  const std::uint64_t shift = mantissa_bits - static_cast<std::uint64_t>(bits_);
  const double low = std::bit_cast<double>((first_ + index) << shift);
  const double high = std::bit_cast<double>((first_ + index + 1) << shift);
  piece.middle = low + (high - low) / 2;
  piece.stretch = 2 / (high - low);

  std::array<Extended, count> value{}, chebyshev{};
  Extended smallest = infinity;
  for (std::size_t j = 0; j < count; ++j) {
    const Extended angle = std::numbers::pi_v<Extended> * (static_cast<Extended>(j) + 0.5L) / count;
    const double u = piece.middle + static_cast<double>(std::cos(angle)) / piece.stretch;
    value[j] = f_(u);
    smallest = std::min(smallest, std::abs(value[j]));
    for (std::size_t k = 0; k < count; ++k)
      chebyshev[k] +=
          (k == 0 ? 1.0L : 2.0L) / count * value[j] * std::cos(static_cast<Extended>(k) * angle);
  }
  const Extended rest = std::abs(chebyshev[degree]) + std::abs(chebyshev[degree - 1]);
  const bool smooth = rest <= 4 * epsilon * std::max<Extended>(smallest, unit_);
  piece.state = smooth ? State::fitted : State::direct;

  // Powers of t are as good as Chebyshev's polynomials here: the coefficients fall off steeply.
  std::array<Extended, count> power{}, before{}, now{};  // T(k − 1) and T(k), in powers of t
  before[1] = 1;                                         // T(−1) = t
  now[0] = 1;
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t j = 0; j < count; ++j) power[j] += chebyshev[k] * now[j];
    std::array<Extended, count> next{};
    for (std::size_t j = 0; j < count; ++j) next[j] = (j > 0 ? 2 * now[j - 1] : 0) - before[j];
    before = now;
    now = next;
  }
  for (std::size_t j = 0; j < count; ++j) piece.coefficients[j] = static_cast<double>(power[j]);
}

}  // namespace mathtool::stats
