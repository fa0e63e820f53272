#include "gauss_kronrod.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <limits>

#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

using Kronrod = boost::math::quadrature::gauss_kronrod<double, 21>;
using Gauss = boost::math::quadrature::gauss<double, 10>;
constexpr std::size_t pairs = 10;  // nodes on either side of the middle; every other one is Gauss's

/// The mean of f beside s, for a formula that is 0/0 at this one point.
[[gnu::cold]] double beside(ChartedIntegrand& f, const IntegrationChart& chart, double s,
                            double half) {
  const double step = 0x1p-26 * half;
  return 0.5 * (f(chart, s - step) + f(chart, s + step));
}

/// The values of a panel in the order of their nodes.
struct Row {
  std::array<double, 2 * pairs + 1> s, value;
};

/// The standard deviation of the rule's sum from the rounding of x. Each node errs by ε/√12 |x f′|
/// on its own, and the root of the sum of squared weights is 0.26 of the width; on a panel of a few
/// doubles all nodes err alike. Beside the origin of a logarithmic chart f was corrected as a power
/// of the distance, and only what differs from that counts.
double rounding_noise(const Row& row, const IntegrationChart& chart) {
  constexpr double independent = 0.26 * 0.289;
  double variation = 0.0;
  if (chart.scale == IntegrationChart::Scale::linear) {
    for (std::size_t i = 1; i < row.value.size(); ++i)
      variation += std::abs(row.value[i] - row.value[i - 1]);
    const double low = row.s.front(), high = row.s.back();
    const double unit = epsilon * std::max(std::abs(low), std::abs(high));
    return (high - low > 1e4 * unit ? independent : 2.0) * unit * variation;
  }
  if (chart.scale == IntegrationChart::Scale::away || chart.origin == 0.0) return 0.0;
  double last = 0.0;
  for (std::size_t i = 0; i < row.value.size(); ++i) {
    const double distance = std::abs(chart.reach) * std::exp(-row.s[i]);
    const double power = std::pow(distance, chart.power);
    const double smooth = row.value[i] * power / distance;
    if (i > 0) variation += std::abs(smooth - last) / power;
    last = smooth;
  }
  return independent * epsilon * std::abs(chart.origin) * variation;
}

}  // namespace

void measure(IntegrationPanel& panel, ChartedIntegrand& f, const IntegrationChart& chart) {
  const auto& node = Kronrod::abscissa();
  const auto& weight = Kronrod::weights();
  const auto& gauss_weight = Gauss::weights();
  const double half = 0.5 * panel.width(), middle = panel.low + half;

  Row row;
  const bool linear = chart.scale == IntegrationChart::Scale::linear;
  const auto take = [&](std::size_t i, double s) {
    row.s[i] = s;
    const double y = linear ? f.at(s) : f(chart, s);
    row.value[i] = std::isfinite(y) ? y : beside(f, chart, s, half);
  };
  take(pairs, middle);
  for (std::size_t i = 1; i <= pairs; ++i) {
    take(pairs - i, middle - half * node[i]);
    take(pairs + i, middle + half * node[i]);
  }
  double kronrod = weight[0] * row.value[pairs], gauss = 0.0;
  double magnitude = weight[0] * std::abs(row.value[pairs]);
  for (std::size_t i = 1; i <= pairs; ++i) {
    const double left = row.value[pairs - i], right = row.value[pairs + i];
    kronrod += weight[i] * (left + right);
    if (i % 2 == 1) gauss += gauss_weight[i / 2] * (left + right);
    magnitude += weight[i] * (std::abs(left) + std::abs(right));
  }
  panel.value = half * kronrod;
  panel.magnitude = half * magnitude;
  if (!std::isfinite(panel.value)) {
    panel.value = panel.magnitude = 0.0;
    panel.error = std::numeric_limits<double>::infinity();
    return;
  }
  const double mean = 0.5 * kronrod;
  double spread = weight[0] * std::abs(row.value[pairs] - mean);
  for (std::size_t i = 1; i <= pairs; ++i)
    spread +=
        weight[i] * (std::abs(row.value[pairs - i] - mean) + std::abs(row.value[pairs + i] - mean));
  spread *= half;
  panel.error = half * std::abs(kronrod - gauss);
  if (spread > 0.0 && panel.error > 0.0) {
    const double ratio = 200.0 * panel.error / spread;
    panel.error = spread * std::min(1.0, ratio * std::sqrt(ratio));
  }
  panel.error = std::max(panel.error, epsilon * panel.magnitude);
  panel.noise = rounding_noise(row, chart);
}

}  // namespace mathtool::math
