#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::stats {

/// How far each row lies from the others within the components kept, and from their plane.
struct PcaDiagnostics {
  Vec t_squared = {};  ///< m, Hotelling: Σ zₖ² / λₖ
  Vec q = {};          ///< m, squared distance to the reconstruction, in scaled units
};

/// Shapes: X is m × p. Throws: DimensionError. NaN in a row makes both NaN.
/// Ref: Jackson & Mudholkar, Control procedures for residuals associated with PCA (1979).
PcaDiagnostics diagnose(const Pca& pca, const MatRef& X);

/// The value that T² of a row drawn like the n fitted ones exceeds with probability 1 − confidence:
///     (n − 1)² / n · Beta(k / 2, (n − k − 1) / 2)
/// NaN unless n > k + 1. Throws: DomainError unless 0 < confidence < 1.
/// Ref: Tracy, Young & Mason, Multivariate control charts for individual observations (1992),
/// eq. 4.
double t_squared_limit(const Pca& pca, double confidence = 0.95);

/// The same for Q: a weighted sum of chi-squares taken as g χ²ₕ with its mean and variance,
///     g = Σ λ² / Σ λ,   h = (Σ λ)² / Σ λ²   over the eigenvalues left out
/// NaN where these are not known, 0 where there are none.
/// Ref: Box, Some theorems on quadratic forms (1954), Theorem 3.1.
double q_limit(const Pca& pca, double confidence = 0.95);

}  // namespace mathtool::stats
