#pragma once

#include <span>
#include <string_view>

namespace mathtool::opt {

/// What a residual costs: c² ρ((r/c)²) instead of r², c the scale where large residuals begin to
/// count less.
///
///     linear   ρ(z) = z
///     huber    z if z ≤ 1, else 2√z − 1
///     soft_l1  2 (√(1 + z) − 1)
///     cauchy   ln(1 + z)
///     arctan   arctan(z)
///     tukey    (1 − (1 − z)³) / 3 if z ≤ 1, else 1/3: beyond the scale a residual counts for
///              nothing
///
/// Ref: Triggs, McLauchlan, Hartley & Fitzgibbon, Bundle adjustment (1999); Huber, Robust
///      Statistics (1981). The first five as scipy.optimize.least_squares defines them, c its
///      f_scale.
enum class Loss { linear, huber, soft_l1, cauchy, arctan, tukey };

std::string_view to_string(Loss loss);

/// Throws: DomainError for a word that is none of them, with the nearest.
Loss parse_loss(std::string_view word);

std::span<const std::string_view> loss_names();

/// ρ and its first two derivatives at z ≥ 0.
struct LossValue {
  double rho = 0, slope = 0, bend = 0;
};
LossValue evaluate(Loss loss, double z);

}  // namespace mathtool::opt
