#include "special/run_sum.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace mathtool::stats {
namespace {

constexpr int nodes = 16;
constexpr Extended longest_direct = 128;

/// The monic polynomial of degree `nodes` that is orthogonal over `count` whole numbers in [−1, 1],
/// its derivative, and the polynomial before it.
struct Polynomial {
  Extended value, slope, before;
};

/// Of the recurrence pₖ₊₁ = x pₖ − βₖ pₖ₋₁.
using Recurrence = std::array<Extended, nodes>;

Recurrence recurrence(Extended count) {
  Recurrence beta{};
  for (int k = 1; k < nodes; ++k)
    beta[static_cast<std::size_t>(k)] = k * k * (1 - k * k / (count * count)) / (4 * k * k - 1);
  return beta;
}

Polynomial polynomial(Extended x, const Recurrence& betas) {
  Extended before = 1, value = x, slope_before = 0, slope = 1;
  for (std::size_t k = 1; k < nodes; ++k) {
    const Extended next = x * value - betas[k] * before;
    const Extended slope_next = value + x * slope - betas[k] * slope_before;
    before = value, value = next, slope_before = slope, slope = slope_next;
  }
  return {value, slope, before};
}

}  // namespace

Extended run_sum(FunctionRef<Extended(Extended)> f, Extended first, Extended count) {
  Extended sum = 0;
  if (count <= longest_direct) {
    for (Extended k = 0; k < count; ++k) sum += f(first + k);
    return sum;
  }
  const Recurrence betas = recurrence(count);
  Extended norm = count;
  for (std::size_t k = 1; k < nodes; ++k) norm *= betas[k];
  const Extended middle = first + (count - 1) / 2;
  for (int i = 0; i < nodes / 2; ++i) {
    Extended x = std::cos(std::numbers::pi_v<Extended> * (i + 0.75L) / (nodes + 0.5L));
    for (int step = 0; step < 4; ++step) {
      const Polynomial p = polynomial(x, betas);
      x -= p.value / p.slope;
    }
    const Polynomial p = polynomial(x, betas);
    sum += norm / (p.slope * p.before) * (f(middle - x * count / 2) + f(middle + x * count / 2));
  }
  return sum;
}

Extended smooth_expectation(FunctionRef<Extended(Extended, Extended)> g,
                            FunctionRef<Extended(Extended)> log_density, Interval support,
                            double mean, double sd) {
  const auto term = [&](Extended k) {
    const Extended log_mass = log_density(k), mass = std::exp(log_mass);
    return mass == 0 ? 0 : mass * g(k, log_mass);
  };
  const Extended low = support.low, high = support.high;
  const Extended middle = std::clamp<Extended>(std::floor(mean), low, high);
  Extended sum = 0, size = 0;
  // Runs as wide as the distribution, and narrower towards the ends of the support, where the
  // logarithm of the mass bends.
  const auto width = [&](Extended room, Extended behind) {
    const Extended bend = std::floor(std::min({static_cast<Extended>(sd), room / 2, behind}));
    return std::min(room, std::max(longest_direct, bend));
  };
  const auto adds = [&](Extended first, Extended count) {
    const Extended part = run_sum(term, first, count);
    sum += part;
    size += std::abs(part);
    return std::abs(part) > size * 1e-19L;
  };
  for (Extended k = middle, run = 0; k <= high; k += run) {
    run = width(high - k + 1, k - low);
    if (!adds(k, run)) break;
  }
  for (Extended k = middle - 1, run = 0; k >= low; k -= run) {
    run = width(k - low + 1, high - k);
    if (!adds(k - run + 1, run)) break;
  }
  return sum;
}

double smooth_entropy(FunctionRef<Extended(Extended)> log_density, Interval support, double mean,
                      double sd, double skewness) {
  if (sd == 0) return 0;
  // Close to normal: Edgeworth's series; what is left out is of the order of skewness⁴.
  if (sd > 3e4 && skewness * skewness < 1e-9) {
    const Extended square = static_cast<Extended>(skewness) * skewness;
    return static_cast<double>((std::log(2 * std::numbers::pi_v<Extended>) + 1) / 2 +
                               std::log(static_cast<Extended>(sd)) - square / 12);
  }
  const auto surprise = [](Extended, Extended log_mass) { return -log_mass; };
  return static_cast<double>(smooth_expectation(surprise, log_density, support, mean, sd));
}

}  // namespace mathtool::stats
