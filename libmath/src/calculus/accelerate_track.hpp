#pragma once

#include <vector>

#include "calculus/track.hpp"
#include "mathtool/math/calculus/acceleration.hpp"

namespace mathtool::math {

/// Members of a sequence at equal steps of its index, and what rounding may have done to each.
struct Family {
  std::vector<FiftyDigits> values = {};
  std::vector<FiftyDigits> noise = {};
  FiftyDigits ratio = 0;  ///< of neighbouring distances from the limit point; 0: no such distances
  std::size_t from = 3;   ///< estimates from fewer members are not considered
};

/// What several transforms of several families agree on.
struct Consensus {
  Accelerated<FiftyDigits> best = {};
  bool contradicted = false;  ///< another estimate lies 100 times its own error away
  FiftyDigits spread = 0;     ///< distance of the farthest estimate that claims to know as much
};

/// The best of the estimates that plain members, ε, u, and Richardson's extrapolation in powers of
/// the distance give for each family.
Consensus accelerate(const std::vector<Family>& families);

/// The same for both families of a track, each from where it begins to be monotone and from a third
/// of it, and for every other member of them where they are close together.
Consensus accelerate(const Track& track);

/// The track of 1/f. Pre: no value is 0.
Track reciprocal(const Track& track);

}  // namespace mathtool::math
