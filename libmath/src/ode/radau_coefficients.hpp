#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The Radau IIA method with s stages, of order 2s − 1: the collocation polynomial of degree s
/// through y(t) that obeys the equation at t + cᵢ h, of which the last is t + h.
struct RadauCoefficients {
  Vec c;  ///< s nodes, ascending, c_s = 1
  Mat a;  ///< s × s: stage i is y + h Σ aᵢⱼ f(stage j)
  Mat powers;  ///< s × s: coefficient of θᵏ⁺¹ of the polynomial is Σ powers(k, j) (stage j − y)
  Vec at_start;  ///< s: the polynomial through the slopes at the stages has Σ vᵢ f(stage i) at t
  double gamma;  ///< weight of f(t, y) in the error estimate
};

/// s = 3 or 5. Ref: Hairer & Wanner, Solving Ordinary Differential Equations II (1996), §IV.5
/// and §IV.8.
const RadauCoefficients& radau_coefficients(int stages);

}  // namespace mathtool::math
