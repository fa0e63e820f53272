#pragma once

#include "mathtool/math/calculus/limit.hpp"

namespace mathtool::math {

/// f(x) ~ coefficient · hᵖ, p = `order`, where h = |x − point|, or h = 1/|x| at ±∞.
struct [[nodiscard]] PowerLaw {
  LimitEstimate order;        ///< > 0: f is infinitesimal; < 0: f is infinite; +∞: beyond powers
  LimitEstimate coefficient;  ///< lim f / hᵖ, 0 or ±∞ where a logarithm stands beside the power
};

/// The order with which f vanishes or grows as x → point from `options.side`; Side::both is an
/// error here unless the point is ±∞.
///     p = lim log|f(h) / f(h/2)| / log 2
///
/// The order is rounded to a fraction with denominator up to 12 when it lies within 1e-9 of one.
/// Pre, Throws: as `limit`.
PowerLaw infinitesimal_order(FunctionRef<double(double)> f, double point,
                             const LimitOptions& options);

}  // namespace mathtool::math
