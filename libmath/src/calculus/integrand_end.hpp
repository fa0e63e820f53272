#pragma once

#include "integration_chart.hpp"

namespace mathtool::math {

/// What a logarithmic chart F(s) = f(x(s)) |dx/ds| shows of the integrand on the way to the end.
struct IntegrandEnd {
  enum class Kind {
    closed,     ///< beyond `last` nothing contributes
    open,       ///< F still contributes at `last`, where doubles end
    regular,    ///< as open, but f tends to a value there
    waves,      ///< F changes its sign ever faster from `last` on
    ripples,    ///< F oscillates ever faster without changing its sign
    revival,    ///< F is negligible at `last` and has a peak between there and `next`
    divergent,  ///< F does not fall
    undefined   ///< f is not finite at x(last)
  };
  Kind kind = Kind::closed;
  double last = 0.0;
  double sign = 0.0;              ///< of the integral where it is divergent
  double peak = 0.0, next = 0.0;  ///< of a revival
};

/// Samples F on all scales to the last one. Sets `chart.power` where x loses digits beside the
/// origin.
IntegrandEnd examine_end(ChartedIntegrand& f, IntegrationChart& chart);

struct IntegralTail {
  double value = 0.0;
  double error = 0.0;
  bool established = true;  ///< the sums of equal stretches tend to a limit in a plain way
};

/// ∫ F(s) ds from `last` to ∞ by extrapolation from equal stretches before it; exact for sums of
/// exponentials and those times a line, which are x^p log x.
IntegralTail extrapolate_tail(ChartedIntegrand& f, const IntegrationChart& chart, double last);

}  // namespace mathtool::math
