#pragma once

#include <cstdint>

#include "mathtool/math/calculus/estimate.hpp"
#include "unit_cube.hpp"

namespace mathtool::math {

/// Integrates over the unit cube by products of Gauss–Legendre rules with 7, 10, 15, 20, 25 and 30
/// nodes a side until two in a row agree, for as long as n^d nodes are at most `most`.
/// Returns: `converged`, `not_finite` or `out_of_budget`.
Estimate integrate_by_products(const UnitCubeIntegrand& f, const CubatureOptions& options,
                               std::int64_t most);

}  // namespace mathtool::math
