#include "mathtool/stats/histogram_edges.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

constexpr double last_odd = 0x1p53;  // beyond it doubles do not hold every whole number

/// How many bins the rules choose, before it is limited. Halves, so that no range overflows.
double chosen_bins(const SampleSpread& spread) {
  const double n = static_cast<double>(spread.count);
  const double half_range = spread.max / 2 - spread.min / 2;
  const double sturges = 1 + std::log2(n), half_width = spread.quartile_range / std::cbrt(n);
  return half_width > 0 ? std::max(sturges, half_range / half_width) : sturges;
}

std::vector<double> equal_bins(double low, double high, double bins) {
  std::vector<double> edges;
  for (double i = 0; i <= bins; ++i) edges.push_back(std::lerp(low, high, i / bins));
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

std::vector<double> one_bin(double value) {
  const double low = value - 0.5, high = value + 0.5;
  if (low < value && value < high) return {low, high};
  return {std::nextafter(value, -infinity), std::nextafter(value, infinity)};
}

}  // namespace

std::vector<double> histogram_edges(const SampleSpread& spread, const BinOptions& options) {
  const double low = spread.min, high = spread.max;
  require(spread.count >= 1, "histogram: count must be >= 1, got {}", spread.count);
  require(std::isfinite(low) && std::isfinite(high) && low <= high,
          "histogram: min and max must be finite and in order, got {} and {}", low, high);
  require(spread.quartile_range >= 0, "histogram: the quartile range must be >= 0, got {}",
          spread.quartile_range);
  require(options.bins >= 0, "histogram: bins must be >= 0, got {}", options.bins);
  require(options.most >= 1, "histogram: most must be >= 1, got {}", options.most);
  if (low == high) return one_bin(low);
  if (options.bins > 0) return equal_bins(low, high, static_cast<double>(options.bins));

  const double most = static_cast<double>(options.most), bins = chosen_bins(spread);
  if (spread.whole_numbers && std::max(std::abs(low), std::abs(high)) < last_odd) {
    const double values = high - low + 1;
    const double step = std::ceil(std::max((high - low) / bins, values / most));
    const double whole_bins = std::ceil(values / step);
    return equal_bins(low - 0.5, low - 0.5 + whole_bins * step, whole_bins);
  }
  return equal_bins(low, high, std::min(most, std::max(1.0, std::ceil(bins))));
}

}  // namespace mathtool::stats
