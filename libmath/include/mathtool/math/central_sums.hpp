#pragma once

#include <span>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/double_double.hpp"

namespace mathtool::math {

/// Mean of some numbers and sums of powers of their deviations from it.
struct CentralSums {
  double weight = 0.0;          ///< how many numbers; with weights the sum of these
  DoubleDouble mean = {};       ///< to twice the working precision; 0 where the weight is 0
  CompensatedSum squares = {};  ///< Σ w (x − mean)²
  double cubes = 0.0;           ///< Σ w (x − mean)³
  double fourths = 0.0;         ///< Σ w (x − mean)⁴
};

/// Reads x twice: give blocks that stay in cache. Eight fixed lanes, the same bits on every
/// processor. Cost: 20 flops a number.
CentralSums central_sums(std::span<const double> x);

/// The same with one finite weight ≥ 0 a number; what has weight 0 is not looked at.
/// Pre: as many weights as numbers.
CentralSums central_sums(std::span<const double> x, std::span<const double> weights);

}  // namespace mathtool::math
