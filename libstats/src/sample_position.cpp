#include "sample_position.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

/// p n + m, where m depends on the type: Hyndman & Fan, table 1.
double real_rank(double p, double n, int type) {
  switch (type) {
    case 3: return p * n - 0.5;
    case 5: return p * n + 0.5;
    case 6: return p * (n + 1);
    case 7: return p * (n - 1) + 1;
    case 8: return p * (n + 1.0 / 3) + 1.0 / 3;
    case 9: return p * (n + 0.25) + 0.375;
    default: return p * n;
  }
}

/// How far from x₍ⱼ₎ to x₍ⱼ₊₁₎, given the fractional part of the real rank.
double interpolation(double part, double j, int type) {
  switch (type) {
    case 1: return part > 0 ? 1.0 : 0.0;
    case 2: return part > 0 ? 1.0 : 0.5;
    case 3: return part > 0 || std::fmod(j, 2.0) != 0 ? 1.0 : 0.0;
    default: return part;
  }
}

}  // namespace

SamplePosition sample_position(double p, double n, int type) {
  require(p >= 0 && p <= 1, "quantile: p must be in [0, 1], got {}", p);
  require(type >= 1 && type <= 9, "quantile: type must be 1 to 9, got {}", type);
  double rank = real_rank(p, n, type);
  // 0.55 · 20 is 11, though not in doubles; the types that jump at whole numbers depend on it.
  const double nearest = std::round(rank);
  const double slack = 4 * std::numeric_limits<double>::epsilon() * std::max(1.0, nearest);
  if (std::abs(rank - nearest) <= slack) rank = nearest;
  const double j = std::floor(rank);
  return {.low = std::clamp(j, 1.0, n),
          .high = std::clamp(j + 1, 1.0, n),
          .fraction = interpolation(rank - j, j, type)};
}

}  // namespace mathtool::stats
