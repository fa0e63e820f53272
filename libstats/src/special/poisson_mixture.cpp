#include "special/poisson_mixture.hpp"

#include <algorithm>

#include "special/incomplete_gamma.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {
namespace {

constexpr Extended negligible = 1e-21L, most_runs = 1000;

/// Where a function with one peak is highest, to within `grain`, by doubled and halved steps.
Extended peak(FunctionRef<Extended(Extended)> f, Extended start, Extended grain) {
  const auto rises = [&](Extended j) { return f(j + grain) > f(j); };
  Extended low = start, high = start, step = grain;
  if (rises(start)) {
    for (; rises(high) && step < 1e32L; step *= 2) low = high, high += step;
  } else {
    for (; low > 0 && !rises(low); step *= 2) high = low, low = std::max<Extended>(0, low - step);
    if (low == 0 && !rises(0)) return 0;
  }
  while (high - low > grain) {
    const Extended middle = std::floor(low + (high - low) / 2);
    if (middle == low || middle == high) break;
    (rises(middle) ? low : high) = middle;
  }
  return high;
}

}  // namespace

Extended log_poisson_mixture(Extended mean, FunctionRef<Extended(Extended)> log_component) {
  if (mean == 0) return log_component(0);
  if (mean > 1e32L) return log_component(mean);  // as narrow as a double's last bit
  const auto log_term = [&](Extended j) { return log_gamma_weight(j, mean) + log_component(j); };
  const Extended grain = std::max<Extended>(1, std::floor(std::sqrt(mean) / 16));
  const Extended top = peak(log_term, std::floor(mean), grain), largest = log_term(top);
  if (!std::isfinite(largest)) return largest;
  const auto term = [&](Extended j) { return std::exp(log_term(j) - largest); };
  // As wide as the drop by a factor of two.
  Extended width = std::max<Extended>(8, grain);
  while (log_term(top + width) > largest - 0.5L && width < 1e32L) width *= 1.5L;
  width = std::floor(width);
  Extended sum = 0;
  for (Extended j = top, runs = 0; runs < most_runs; j += width, ++runs) {
    const Extended part = run_sum(term, j, width);
    sum += part;
    if (!(part > negligible * sum)) break;
  }
  for (Extended j = top, runs = 0; j > 0 && runs < most_runs; ++runs) {
    const Extended count = std::min(width, j);
    j -= count;
    const Extended part = run_sum(term, j, count);
    sum += part;
    if (!(part > negligible * sum)) break;
  }
  return largest + std::log(sum);
}

Tails poisson_mixture_tails(Extended mean, FunctionRef<Extended(Extended, Tail)> log_component,
                            bool left) {
  const auto tail = [&](Tail which) {
    return std::exp(log_poisson_mixture(mean, [&](Extended j) { return log_component(j, which); }));
  };
  const Extended first = tail(left ? Tail::lower : Tail::upper);
  if (first <= 0.75L) return left ? Tails{first, 1 - first} : Tails{1 - first, first};
  const Extended second = tail(left ? Tail::upper : Tail::lower);
  return left ? Tails{1 - second, second} : Tails{second, 1 - second};
}

}  // namespace mathtool::stats
