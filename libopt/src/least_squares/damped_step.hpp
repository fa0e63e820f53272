#pragma once

#include <vector>

#include "linearization.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"

namespace mathtool::opt {

/// A step of the linear model, in the box.
struct DampedStep {
  Vec h = {};            ///< n
  double length = 0;     ///< ‖D h‖
  double predicted = 0;  ///< by how much it lowers ‖r + J h‖²
  bool damped = false;   ///< whether Δ held it
};

/// The linear model at x in the parameters that no bound holds, through the singular values of
/// R D⁻¹: steps for any Δ cost nothing more.
class LinearModel {
 public:
  /// D > 0. Parameters are held that stand at a bound against which the slope pushes.
  LinearModel(const Linearization& at, const Vec& x, const Vec& D, const Box& box);

  /// The minimum of the model over ‖D h‖ ≤ radius and the box. Parameters that would leave the box
  /// stop at their bound, and the others take that into account.
  DampedStep step(double radius) const;

  /// ‖Jᵀr‖ measured in the plane of J: what is left of r that a step could take away, 0 at a
  /// minimum.
  double slope() const { return slope_; }
  /// To the undamped minimum, bounds that are not reached yet left out.
  const Vec& full_step() const { return full_; }
  const std::vector<Index>& free() const { return free_; }

 private:
  struct Factors;
  Factors factorise(const std::vector<Index>& columns, const Vec& q) const;

  const Linearization& at_;
  const Vec &x_, &D_;
  const Box& box_;
  std::vector<Index> free_ = {};
  Vec full_ = {};
  double slope_ = 0;
};

/// Parameters at a bound against which the slope of ‖r‖² pushes.
std::vector<Index> held_by_bounds(const Linearization& at, const Vec& x, const Box& box);

}  // namespace mathtool::opt
