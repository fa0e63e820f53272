#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// What methods do to vectors of any length, in one pass over memory each. Sums are taken in a
/// fixed order, the same on every processor. A vector that is written overlaps none
/// of the others.

/// aᵀ b
double dot(Index n, const double* a, const double* b);

/// q ← scale q + c a; returns bᵀ q.
double combine_then_dot(Index n, double scale, double* q, double c, const double* a,
                        const double* b);

/// The difference of two steps and gradients, and what a quasi-Newton method asks of them.
struct PairProducts {
  double ss = 0, sy = 0, yy = 0;
};

/// s ← x − x₀, y ← g − g₀; returns sᵀs, sᵀy, yᵀy.
PairProducts take_differences(Index n, const double* x, const double* x0, const double* g,
                              const double* g0, double* s, double* y);

}  // namespace mathtool::opt
