#pragma once

#include <optional>
#include <vector>

#include "polynomial.hpp"

namespace mathtool::math {

/// The polynomial with coefficients n₀, n₁, ... such that n₀ columns[0] + n₁ columns[1] + ... =
/// right, by elimination; none when there is none. Coefficients that the equations leave open are
/// 0.
std::optional<Polynomial> solve_linear_equations(std::vector<Polynomial> columns, Polynomial right);

}  // namespace mathtool::math
