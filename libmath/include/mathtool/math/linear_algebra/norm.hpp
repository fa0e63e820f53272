#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// How the size of a matrix is measured, with aᵢⱼ its entries and σ its singular values. Of a
/// vector (one column) `one` is L1, `infinity` is the largest entry, and `spectral`, `frobenius`
/// and `nuclear` are all L2.
enum class Norm {
  one,        ///< largest column sum Σᵢ |aᵢⱼ|
  spectral,   ///< largest σ, the most that A stretches a vector
  infinity,   ///< largest row sum Σⱼ |aᵢⱼ|
  frobenius,  ///< √(Σ aᵢⱼ²) = √(Σ σ²)
  nuclear,    ///< Σ σ
  max,        ///< largest |aᵢⱼ|
};

/// The norm of A; 0 for an empty matrix, NaN where an entry is NaN, else ∞ where one is infinite.
/// Squares are formed in a unit in which they neither overflow nor vanish.
///
/// Error: a few u for `one`, `infinity`, `frobenius` and `max`; p u otherwise, u = 2⁻⁵³.
/// Cost:  n p; of `spectral` and `nuclear` n p min(n, p) by the singular values.
double norm(const MatRef& A, Norm kind);

}  // namespace mathtool::math
