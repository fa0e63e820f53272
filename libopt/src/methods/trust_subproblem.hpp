#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// The least value of a quadratic model in a ball.
///     minimise  gᵀs + sᵀB s / 2   over  ‖s‖₂ ≤ Δ
struct TrustStep {
  Vec s = {};
  double promise = 0;    ///< −(gᵀs + sᵀB s / 2) ≥ 0
  bool at_edge = false;  ///< ‖s‖₂ = Δ
};

/// The exact solution, by the eigenvalues of B: (B + μ I) s = −g with μ ≥ 0 and B + μ I positive
/// semidefinite; in the hard case, where g has no part along the lowest eigenvector, that one is
/// added up to the edge.
/// Cost:  one decomposition of B, n³.
/// Ref:   Moré & Sorensen, Computing a trust region step (1983); Conn, Gould & Toint, Trust-Region
///        Methods (2000), section 7.3.
TrustStep exact_trust_step(const Mat& B, const Vec& g, double radius);

/// An approximate one by conjugate gradients, which end at the edge, at negative curvature, or when
/// the residual is ≤ min(1/2, √‖g‖) ‖g‖.
/// Ref: Steihaug, The conjugate gradient method and trust regions (1983).
TrustStep steihaug_trust_step(FunctionRef<Vec(const Vec&)> product, const Vec& g, double radius);

}  // namespace mathtool::opt
