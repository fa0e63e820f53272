#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

/// The variable s in which a piece of the range is integrated.
///
///     linear: x = s     towards: x = origin + reach · e⁻ˢ     away: x = origin + reach · eˢ
///
/// On the logarithm of a distance x^p is an exponential, so that singular ends and slow decay are
/// as smooth as anything else.
struct IntegrationChart {
  enum class Scale { linear, towards, away };
  Scale scale = Scale::linear;
  double origin = 0.0;
  double reach = 1.0;  ///< x − origin at s = 0, signed
  double power = 0.0;  ///< p where f ~ |x − origin|⁻ᵖ: corrects f for the rounding of x

  double x(double s) const {
    switch (scale) {
      case Scale::towards: return origin + reach * std::exp(-s);
      case Scale::away: return origin + reach * std::exp(s);
      default: return s;
    }
  }

  /// The largest s at which x is told from the origin to a few digits, or is not yet infinite.
  double last() const {
    constexpr double smallest = 1e-300, largest = 1e300, digits = 0x1p-32;
    if (scale == Scale::away) return std::log(largest / std::abs(reach));
    const double nearest = std::max(smallest, digits * std::abs(origin));
    return std::max(0.0, std::log(std::abs(reach) / nearest));
  }
};

/// The integrand in any chart, f(x(s)) · |dx/ds|, and how often it was evaluated.
class ChartedIntegrand {
 public:
  explicit ChartedIntegrand(FunctionRef<double(double)> f) : f_(f) {}

  double operator()(const IntegrationChart& chart, double s) {
    return chart.scale == IntegrationChart::Scale::linear ? at(s) : on_logarithm(chart, s);
  }

  double at(double x) {
    ++evaluations_;
    return f_(x);
  }

  std::int64_t evaluations() const { return evaluations_; }

 private:
  double on_logarithm(const IntegrationChart& chart, double s);

  FunctionRef<double(double)> f_;
  std::int64_t evaluations_ = 0;
};

}  // namespace mathtool::math
