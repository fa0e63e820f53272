#pragma once

#include "mathtool/math/calculus/estimate.hpp"
#include "unit_cube.hpp"

namespace mathtool::math {

/// Integrates over the unit cube by rules of degree 7 and 5 on boxes, the one with the largest
/// difference of both being halved. Pre: at least 2 dimensions.
/// Ref: Genz & Malik (1980); van Dooren & de Ridder (1976) for the choice of side.
Estimate integrate_by_boxes(const UnitCubeIntegrand& f, const CubatureOptions& options,
                            std::int64_t most);

}  // namespace mathtool::math
