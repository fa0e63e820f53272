#include "mathtool/math/central_sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/multiversion.hpp"

namespace mathtool::math {
namespace {

constexpr std::size_t lanes = 8;
using Lanes = double __attribute__((vector_size(lanes * sizeof(double)), aligned(8), may_alias));
using Tail = std::array<double, lanes>;

const Lanes* as_lanes(const double* x) { return reinterpret_cast<const Lanes*>(x); }

/// Pairs high + low, one a lane, that compensated summation carries (cf. CompensatedSum).
struct LanePairs {
  double high[lanes] = {}, low[lanes] = {};

  CompensatedSum total() const {
    CompensatedSum sum;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sum += high[lane];
      if (std::isfinite(high[lane])) sum += low[lane];
    }
    return sum;
  }
};

MATHTOOL_MULTIVERSION
void add_numbers(const Lanes* x, std::size_t count, LanePairs& sums) {
  Lanes sum = *as_lanes(sums.high), error = *as_lanes(sums.low);
  for (std::size_t i = 0; i < count; ++i) {
    const Lanes next = sum + x[i], part = next - sum;
    error += (sum - (next - part)) + (x[i] - part);
    sum = next;
  }
  std::copy_n(reinterpret_cast<const double*>(&sum), lanes, sums.high);
  std::copy_n(reinterpret_cast<const double*>(&error), lanes, sums.low);
}

/// Σ w d², Σ w d³, Σ w d⁴ of deviations d from a centre, lane by lane.
struct PowerSums {
  LanePairs squares = {};
  double cubes[lanes] = {}, fourths[lanes] = {};
};

/// Weights advance by `step`: 1, or 0 where the same serve all.
MATHTOOL_MULTIVERSION
void add_powers(const Lanes* x, const Lanes* weights, std::size_t step, std::size_t count,
                double centre, PowerSums& sums) {
  Lanes sum = *as_lanes(sums.squares.high), error = *as_lanes(sums.squares.low);
  Lanes cubes = *as_lanes(sums.cubes), fourths = *as_lanes(sums.fourths);
  for (std::size_t i = 0; i < count; ++i) {
    const Lanes weight = weights[i * step];
    const Lanes d = weight == 0 ? Lanes{} : x[i] - centre;
    const Lanes square = d * d, weighted = weight * square;
    const Lanes next = sum + weighted, part = next - sum;
    error += (sum - (next - part)) + (weighted - part);
    sum = next;
    cubes += weighted * d;
    fourths += weighted * square;
  }
  std::copy_n(reinterpret_cast<const double*>(&sum), lanes, sums.squares.high);
  std::copy_n(reinterpret_cast<const double*>(&error), lanes, sums.squares.low);
  std::copy_n(reinterpret_cast<const double*>(&cubes), lanes, sums.cubes);
  std::copy_n(reinterpret_cast<const double*>(&fourths), lanes, sums.fourths);
}

/// What is left over by whole lanes, filled up with `filler`.
Tail tail(std::span<const double> x, double filler) {
  Tail rest;
  rest.fill(filler);
  const std::size_t whole = x.size() / lanes * lanes;
  std::copy(x.begin() + static_cast<std::ptrdiff_t>(whole), x.end(), rest.begin());
  return rest;
}

double lane_total(const double* sums) {
  double total = 0.0;
  for (std::size_t lane = 0; lane < lanes; ++lane) total += sums[lane];
  return total;
}

DoubleDouble sum(std::span<const double> x) {
  LanePairs sums;
  add_numbers(as_lanes(x.data()), x.size() / lanes, sums);
  if (x.size() % lanes != 0) add_numbers(as_lanes(tail(x, 0.0).data()), 1, sums);
  return sums.total().exact();
}

/// Σ w x and, in `weight`, Σ w.
DoubleDouble weighted_sum(std::span<const double> x, std::span<const double> weights,
                          double& weight) {
  CompensatedSum sum, errors, total;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (weights[i] == 0) continue;
    const DoubleDouble term = two_product(weights[i], x[i]);
    sum += term.high;
    errors += term.low;
    total += weights[i];
  }
  weight = total.value();
  return sum.exact() + errors.exact();
}

/// Without weights every number counts once.
CentralSums about_mean(std::span<const double> x, std::span<const double> weights, double weight,
                       const DoubleDouble& mean) {
  constexpr Tail ones = {1, 1, 1, 1, 1, 1, 1, 1};
  const bool weighted = !weights.empty();
  PowerSums powers;
  add_powers(as_lanes(x.data()), as_lanes(weighted ? weights.data() : ones.data()),
             weighted ? 1 : 0, x.size() / lanes, mean.high, powers);
  if (x.size() % lanes != 0)
    add_powers(as_lanes(tail(x, mean.high).data()),
               as_lanes((weighted ? tail(weights, 0.0) : ones).data()), 1, 1, mean.high, powers);

  // The deviations are from the high part of the mean; the low part corrects for the rest.
  CompensatedSum squares = powers.squares.total();
  const double d2 = squares.value(), d3 = lane_total(powers.cubes), d4 = lane_total(powers.fourths);
  const double shift = mean.low, square = shift * shift;
  squares += -weight * square;
  return {.weight = weight,
          .mean = mean,

          .squares = squares,
          .cubes = d3 - 3 * shift * d2 + 2 * weight * square * shift,
          .fourths = d4 - 4 * shift * d3 + 6 * square * d2 - 3 * weight * square * square};
}

}  // namespace

CentralSums central_sums(std::span<const double> x) {
  if (x.empty()) return {};
  const double n = static_cast<double>(x.size());
  return about_mean(x, {}, n, sum(x) / n);
}

CentralSums central_sums(std::span<const double> x, std::span<const double> weights) {
  double weight = 0.0;
  const DoubleDouble total = weighted_sum(x, weights, weight);
  if (!(weight > 0)) return {};
  return about_mean(x, weights, weight, total / weight);
}

}  // namespace mathtool::math
