#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/objective.hpp"

namespace mathtool::opt {

/// One side condition, g(x) = 0 or g(x) ≤ 0. What a person writes becomes g so:
///     LEFT = RIGHT    g = LEFT − RIGHT, equality
///     LEFT <= RIGHT   g = LEFT − RIGHT
///     LEFT >= RIGHT   g = RIGHT − LEFT, turned
/// It enters the Lagrangian as multiplier · g. An active inequality has a multiplier ≥ 0 therefore,
/// whichever way it was written, that of an equality may have any sign. When the right side of the
/// text grows by a small δ, the minimum changes by −multiplier · δ, by +multiplier · δ if `turned`.
struct Constraint {
  Objective g;            ///< a view: value, gradient, and Hessian if it has one
  bool equality = false;  ///< g = 0 instead of g ≤ 0
  std::string text = {};  ///< as the user wrote it; empty: "g1 <= 0" and so on
  bool turned = false;    ///< the text says LEFT >= RIGHT
};

/// Minimise f(x) subject to constraints and bounds.
///     min f(x),  gᵢ(x) = 0 or ≤ 0,  low ≤ x ≤ high
struct ConstrainedProblem {
  Objective f;
  std::vector<Constraint> constraints = {};
  Box box = {};  ///< no function is asked at a point outside of it

  Index count() const { return static_cast<Index>(constraints.size()); }

  /// The text of constraint i, or the name that stands for it.
  std::string text(Index i) const;

  /// Whether f and all constraints have exact second derivatives.
  bool has_hessian() const;
};

}  // namespace mathtool::opt
