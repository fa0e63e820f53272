#pragma once

#include <optional>

#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::math {

/// The k largest eigenpairs of a symmetric matrix (both triangles filled) by implicitly restarted
/// Lanczos, or nothing where full precision was not reached or a pair may have been missed.
std::optional<SymmetricEigen> leading_eigenpairs(const MatRef& A, Index k);

}  // namespace mathtool::math
