#pragma once

#include "integration_chart.hpp"
#include "mathtool/math/calculus/estimate.hpp"

namespace mathtool::math {

/// ∫ F(s) ds from `first` to ∞ where F oscillates ever faster.
struct WaveSum {
  Estimate sum = {};   ///< `divergent` where the waves do not shrink, or not fast enough
  double first = 0.0;  ///< where the first wave begins
};

/// Integrates from each zero of F to the next, and extrapolates the sum of these alternating terms
/// by Wynn's ε and Levin's u, which must agree. Searches the first zero from `from` on.
/// Ref: Piessens et al., QUADPACK (1983), section 2.2.2.11 (QAWF); Longman (1956).
WaveSum sum_half_waves(ChartedIntegrand& f, const IntegrationChart& chart, double from);

/// The same where F oscillates without changing its sign: from one minimum of f to the
/// next, by Levin's u with and without the first terms.
WaveSum sum_ripples(ChartedIntegrand& f, const IntegrationChart& chart, double from);

}  // namespace mathtool::math
