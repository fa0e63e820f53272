#include "mathtool/stats/variates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "arrays/elementwise.hpp"
#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::stats {
namespace {

constexpr std::size_t layers = 256;

MATHTOOL_MULTIVERSION
void negate_logarithms(std::span<double> x) {
  const std::span<double> out = x;
  MATHTOOL_ELEMENTWISE(-math::kernels::log(v))
}

/// A decreasing density cut into layers of one area: layer i reaches from 0 to edge[i], and all of
/// it up to edge[i + 1] lies under the density. Layer 0 is the lowest, with the tail.
struct Ziggurat {
  std::array<double, layers + 1> edge, height;

  /// `start` is where the tail begins and `area` the area of a layer, of the density that
  /// `density` and `inverse` describe, not normalised.
  template <class Density, class Inverse>
  Ziggurat(double start, double area, const Density& density, const Inverse& inverse) {
    edge[0] = area / density(start);
    edge[1] = start;
    for (std::size_t i = 2; i < layers; ++i)
      edge[i] = inverse(area / edge[i - 1] + density(edge[i - 1]));
    edge[layers] = 0;
    for (std::size_t i = 0; i <= layers; ++i) height[i] = density(edge[i]);
  }

  /// Whether (x, a uniform height of layer i) lies under the density.
  template <class Density>
  bool accepts(std::size_t i, double x, const Density& density, math::Philox& random) const {
    return height[i] + math::uniform(random) * (height[i + 1] - height[i]) < density(x);
  }
};

/// The upper 53 bits of a draw as a number in [0, 1); the lower 11 are free for other uses.
double fraction(std::uint64_t draw) {
  return static_cast<double>(static_cast<std::int64_t>(draw >> 11)) * 0x1p-53;
}

/// −x if the bit above the number of the layer says so, without a branch that nobody can predict.
double with_sign(double x, std::uint64_t draw) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) ^ (draw & layers) << 55);
}

double bell(double x) { return math::kernels::exp(-x * x / 2); }

const Ziggurat& normal_ziggurat() {
  static const Ziggurat table(3.6541528853610088, 0.00492867323399, bell,
                              [](double y) { return std::sqrt(-2 * math::kernels::log(y)); });
  return table;
}

/// Beyond `start`. Ref: Marsaglia, Generating a variable from the tail of the normal (1964).
double normal_tail(double start, math::Philox& random) {
  while (true) {
    const double x = -math::kernels::log(math::uniform(random)) / start;
    if (-2 * math::kernels::log(math::uniform(random)) > x * x) return start + x;
  }
}

/// Where a draw lies in the ziggurat: mostly where no other question is needed.
struct Place {
  Place(std::uint64_t draw, const Ziggurat& table)
      : layer(draw % layers),
        x(fraction(draw) * table.edge[layer]),
        inside(x < table.edge[layer + 1]) {}

  std::size_t layer;
  double x;
  bool inside;
};

}  // namespace

double normal_variate(math::Philox& random) {
  const Ziggurat& table = normal_ziggurat();
  while (true) {
    const std::uint64_t draw = random();
    const auto [layer, x, inside] = Place(draw, table);
    if (inside) return with_sign(x, draw);
    if (layer == 0) return with_sign(normal_tail(table.edge[1], random), draw);
    if (table.accepts(layer, x, bell, random)) return with_sign(x, draw);
  }
}

void normal_variates(math::Philox& random, std::span<double> out) {
  const Ziggurat& table = normal_ziggurat();
  while (!out.empty()) {
    const std::span<const std::uint64_t> draws = random.ahead();
    const std::size_t most = std::min(draws.size(), out.size());
    std::size_t i = 0;
    for (; i < most; ++i) {
      const Place place(draws[i], table);
      if (!place.inside) break;
      out[i] = with_sign(place.x, draws[i]);
    }
    random.skip(i);
    if (i < most) out[i++] = normal_variate(random);
    out = out.subspan(i);
  }
}

double exponential_variate(math::Philox& random) {
  return -math::kernels::log(math::uniform(random));
}

void exponential_variates(math::Philox& random, std::span<double> out) {
  constexpr std::size_t block = 1024;  // stays in cache
  for (std::size_t first = 0; first < out.size(); first += block) {
    const std::span<double> part = out.subspan(first, std::min(block, out.size() - first));
    math::uniform(random, part);
    negate_logarithms(part);
  }
}

void exponential_sums(math::Philox& random, std::size_t n, std::span<double> out) {
  constexpr std::size_t together = 16;  // numbers ≥ 2⁻⁵³, whose product is no less than 2⁻⁸⁴⁸
  constexpr std::size_t block = 64;  // sums at once, which stay in cache
  std::array<double, block * together> u;
  std::array<double, block> logs;  // first the products themselves
  std::ranges::fill(out, 0.0);
  for (std::size_t first = 0; first < out.size(); first += block) {
    const std::span<double> sums = out.subspan(first, std::min(block, out.size() - first));
    for (std::size_t left = n; left > 0;) {
      const std::size_t terms = std::min(left, together);
      math::uniform(random, std::span(u).first(sums.size() * terms));
      std::copy_n(u.begin(), sums.size(), logs.begin());
      for (std::size_t term = 1; term < terms; ++term)
        for (std::size_t i = 0; i < sums.size(); ++i) logs[i] *= u[term * sums.size() + i];
      negate_logarithms(std::span(logs).first(sums.size()));
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += logs[i];
      left -= terms;
    }
  }
}

double gamma_variate(double shape, math::Philox& random) {
  // A power of a uniform number lifts a shape below 1 (the same paper, section 6).
  if (shape < 1)
    return gamma_variate(shape + 1, random) * std::pow(math::uniform(random), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double z = normal_variate(random), v = 1 + c * z;
    if (v <= 0) continue;
    const double cube = v * v * v, u = math::uniform(random);
    if (u < 1 - 0.0331 * z * z * z * z) return d * cube;
    if (math::kernels::log(u) < z * z / 2 + d * (1 - cube + math::kernels::log(cube)))
      return d * cube;
  }
}

}  // namespace mathtool::stats
