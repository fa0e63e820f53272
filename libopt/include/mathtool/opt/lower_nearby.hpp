#pragma once

#include <string>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/constraints/constraint.hpp"
#include "mathtool/opt/objective.hpp"

namespace mathtool::opt {

/// What values around a point say where derivatives are silent.
struct Surroundings {
  bool flat = false;       ///< f is the same wherever it was asked near x
  std::string lower = {};  ///< a sentence if f is lower somewhere; else empty
  Vec x = {};              ///< there
  double value = 0;
};

/// Looks whether f is lower across a jump, 10⁻⁷ max(1, |xᵢ|) away along an axis, and where f does
/// not change there, up to 1000 max(1, |xᵢ|) away: derivatives know nothing of ⌊x⌋ and little of
/// tanh(30). Points outside of the box, and those that violate constraints, do not count.
///
/// Pre:  f is finite at x.
/// Cost: 2 evaluations for each of the first 100 variables; of the first 16, 14 where f is flat.
Surroundings lower_nearby(const ConstrainedProblem& problem, const VecRef& x,
                          const std::vector<std::string>& variables = {});

/// Whether f falls all the way along −∇f, at ¼, ½, 1 and 2 times max(1, ‖x‖∞): a slope near 0 is
/// then that of a tail, as of exp(−x), and not of a minimum. To be asked where the second
/// derivatives leave it open.
///
/// Returns: a sentence; empty where f does not.
/// Cost:    5 evaluations.
std::string still_falling(Objective f, const Box& box, const VecRef& x);

}  // namespace mathtool::opt
