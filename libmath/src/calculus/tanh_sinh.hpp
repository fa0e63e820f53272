#pragma once

#include <cstddef>

#include "integration_chart.hpp"

namespace mathtool::math {

/// The double exponential rule on a stretch of a chart, refined by halving its step:
///
///     ∫ F(s) ds ≈ h · width · Σ F(low + width · u(t)) u′(t),    u(t) = 1/(1 + exp(−π sinh t)),
///     t = t₀ + kh
///
/// Its nodes crowd towards both ends at all scales, where those of Gauss and Kronrod leave a gap.
/// Ref: Takahasi & Mori, Double exponential formulas for numerical integration (1974).
class TanhSinh {
 public:
  static constexpr int coarsest = 0, finest = 5;  ///< levels

  /// The number of nodes up to a level.
  static std::size_t nodes(int level);

  TanhSinh(ChartedIntegrand& f, const IntegrationChart& chart, double low, double high)
      : f_(f), chart_(chart), low_(low), high_(high) {}

  /// The integral at the next finer level, the coarsest at first. Pre: the last was not the finest.
  double refine();

  int level() const { return level_; }

 private:
  double sample(double s, double share);

  ChartedIntegrand& f_;
  const IntegrationChart& chart_;
  double low_, high_;
  int level_ = coarsest - 1;
  double sum_ = 0.0;
};

}  // namespace mathtool::math
