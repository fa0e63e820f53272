#include "cli/series/box_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mathtool::cli {
namespace {

constexpr std::size_t most_outliers = 200;  // of one box

/// Leaves the farthest outliers, in ascending order.
void trim_outliers(BoxPlot& box) {
  std::sort(box.outliers.begin(), box.outliers.end(), [&box](double a, double b) {
    return std::abs(a - box.median) > std::abs(b - box.median);
  });
  if (box.outliers.size() > most_outliers) {
    box.left_out = box.outliers.size() - most_outliers;
    box.outliers.resize(most_outliers);
  }
  std::sort(box.outliers.begin(), box.outliers.end());
}

}  // namespace

BoxPlot box_plot(const stats::Quantiles& quantiles) {
  constexpr std::array quarters = {0.25, 0.5, 0.75};
  const std::vector<double> found = quantiles.quantiles(quarters);
  const double reach = 1.5 * (found[2] - found[0]);
  BoxPlot box{found[1], {found[0], found[0], found[2], found[2]}};
  quantiles.for_each_part([&](std::span<const double> values, double) {
    for (const double value : values) {
      if (value < found[0] - reach || value > found[2] + reach) {
        box.outliers.push_back(value);
      } else {
        box.spread.low = std::min(box.spread.low, value);
        box.spread.high = std::max(box.spread.high, value);
      }
    }
  });
  trim_outliers(box);
  return box;
}

}  // namespace mathtool::cli
