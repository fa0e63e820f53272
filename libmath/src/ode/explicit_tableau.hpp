#pragma once

#include <vector>

namespace mathtool::math {

/// One share of a weighted sum of slopes.
struct SlopeWeight {
  int stage;
  double weight;
};
using SlopeWeights = std::vector<SlopeWeight>;  // stages with weight 0 are left out

/// An explicit Runge-Kutta method whose last stage is the end of the step: its slope is the first
/// slope of the next step.
struct ExplicitTableau {
  int order;
  std::vector<double> nodes;               ///< c: stage i is at t + cᵢ h
  std::vector<SlopeWeights> stages;        ///< a: stage i is at y + h Σ aᵢⱼ kⱼ
  std::vector<SlopeWeights> extra_stages;  ///< more slopes, for the solution within the step
  SlopeWeights error;                      ///< h Σ eᵢ kᵢ estimates the error
  SlopeWeights second_error;               ///< of a lower order, where there are two
  std::vector<SlopeWeights> interpolation;
  double stability;  ///< the largest |h λ| of a stable step
};

/// Order 5(4). Ref: Dormand & Prince, A family of embedded Runge-Kutta formulae (1980);
/// Shampine, Some practical Runge-Kutta formulas (1986), for the solution within the step.
const ExplicitTableau& dormand_prince_tableau();

/// Order 8(5,3). Ref: Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I (1993),
/// §II.5 and §II.6.
const ExplicitTableau& dop853_tableau();

}  // namespace mathtool::math
