#include "special/peaked_sum.hpp"

#include <algorithm>

#include "special/run_sum.hpp"

namespace mathtool::stats {
namespace {

constexpr Extended negligible = 1e-21L, most_runs = 1000;

/// Where a function with one peak is highest, by doubled and halved steps: to within `grain`, or a
/// sixteenth of √j where that is less.
Extended peak(FunctionRef<Extended(Extended)> f, Extended start, Extended grain, Extended last) {
  const auto grain_at = [&](Extended j) {
    return std::clamp<Extended>(std::floor(std::sqrt(j) / 16), 1, grain);
  };
  const auto rises = [&](Extended j) {
    return j + grain_at(j) <= last && f(j + grain_at(j)) > f(j);
  };
  Extended low = start, high = start, step = grain;
  if (rises(start)) {
    for (; rises(high) && step < 1e32L; step *= 2) low = high, high = std::min(last, high + step);
  } else {
    for (; low > 0 && !rises(low); step *= 2) high = low, low = std::max<Extended>(0, low - step);
    if (low == 0 && !rises(0)) return 0;
  }
  while (high - low > grain_at(low)) {
    const Extended middle = std::floor(low + (high - low) / 2);
    if (middle == low || middle == high) break;
    (rises(middle) ? low : high) = middle;
  }
  return high;
}

}  // namespace

Extended log_peaked_sum(FunctionRef<Extended(Extended)> log_term, Extended start, Extended grain,
                        Extended last) {
  const Extended top = peak(log_term, start, grain, last), largest = log_term(top);
  if (!std::isfinite(largest)) return largest;
  const auto term = [&](Extended j) { return std::exp(log_term(j) - largest); };
  // As wide as the drop by a factor of two.
  Extended width = 8;
  while (width < 1e32L && top + width <= last && log_term(top + width) > largest - 0.5L)
    width *= 1.5L;
  width = std::floor(width);
  Extended sum = 0;
  for (Extended j = top, runs = 0; j <= last && runs < most_runs; j += width, ++runs) {
    const Extended part = run_sum(term, j, std::min(width, last - j + 1));
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

}  // namespace mathtool::stats
