#include "mathtool/stats/accumulators/extrema.hpp"

#include <array>

namespace mathtool::stats {

void Extrema::push(std::span<const double> samples) {
  constexpr std::size_t lanes = 8;  // chains that do not wait for each other
  std::array<double, lanes> low, high, missing = {};
  low.fill(infinity);
  high.fill(-infinity);
  const std::size_t whole = samples.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double x = samples[i + lane];
      low[lane] = x < low[lane] ? x : low[lane];
      high[lane] = x > high[lane] ? x : high[lane];
      missing[lane] = x == x ? missing[lane] : x;
    }
  const std::int64_t count = count_ + std::ssize(samples);
  for (std::size_t lane = 0; lane < lanes && whole > 0; ++lane) {
    push(low[lane]);
    push(high[lane]);
    if (std::isnan(missing[lane])) push(missing[lane]);
  }
  for (const double x : samples.subspan(whole)) push(x);
  count_ = count;
}

}  // namespace mathtool::stats
