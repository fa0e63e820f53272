#pragma once

#include "integration_chart.hpp"

namespace mathtool::math {

/// A stretch of a chart and what the Gauss–Kronrod rule (10, 21) says of it.
struct IntegrationPanel {
  double low = 0.0, high = 0.0;  ///< in the chart's variable
  std::size_t chart = 0;
  int depth = 0;                                 ///< so many times halved
  bool low_is_end = false, high_is_end = false;  ///< of the range, or a break
  bool suspect = false;                          ///< its error sits at its end
  bool examined = false;                         ///< known to hide no singularity
  bool checked = false;                          ///< the other rule agrees
  bool disputed = false;                         ///< the other rule disagreed

  double value = 0.0;
  double error = 0.0;         ///< estimated
  double magnitude = 0.0;     ///< ∫|f|
  double disagreement = 0.0;  ///< share of the difference from the other rule
  double noise = 0.0;         ///< standard deviation of `value` from the rounding of x

  double width() const { return high - low; }
};

/// Fills in value, error, magnitude and noise. Where f is not finite at a node, its neighbours on
/// both sides stand in; where they are not finite either, the error is infinite and the rest 0.
/// Ref: Piessens et al., QUADPACK (1983), routine QK21 and its error estimate.
void measure(IntegrationPanel& panel, ChartedIntegrand& f, const IntegrationChart& chart);

}  // namespace mathtool::math
