#pragma once

#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

/// Cauchy's principal value of ∫ f(x) dx over [a, b] with a simple pole inside.
///
///     lim_{ε→0} ( ∫ₐ^{c−ε} f + ∫_{c+ε}^b f ) = ∫₀ʰ (f(c+u) + f(c−u)) du + the rest of [a, b]
///
/// Pre:     a < pole < b or b < pole < a; a and b may be infinite. `options.breaks` apply outside
///          the symmetric part.
/// Throws:  DomainError if a precondition fails; Stopped; whatever f throws passes through.
/// Returns: as `integrate`; `divergent` where the two sides do not cancel, as for 1/(x − c)².
/// Ref:     Davis & Rabinowitz, Methods of Numerical Integration (1984), section 2.12.8.
Integral principal_value(FunctionRef<double(double)> f, double pole, double a, double b,
                         const IntegrateOptions& options = {});

}  // namespace mathtool::math
