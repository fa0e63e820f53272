#include "integration_chart.hpp"

namespace mathtool::math {

double ChartedIntegrand::on_logarithm(const IntegrationChart& chart, double s) {
  const bool away = chart.scale == IntegrationChart::Scale::away;
  const double distance = chart.reach * std::exp(away ? s : -s), x = chart.origin + distance;
  const double y = at(x) * std::abs(distance);
  if (chart.power == 0.0) return y;
  // f was taken at a rounded distance: carry it as a power to the one asked for.
  return y * std::pow((x - chart.origin) / distance, chart.power);
}

}  // namespace mathtool::math
