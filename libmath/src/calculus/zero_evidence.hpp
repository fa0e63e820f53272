#pragma once

#include <limits>

#include "bracket.hpp"

namespace mathtool::math {

/// What samples around a supposed zero of f say about it.
struct ZeroEvidence {
  enum class Nature {
    zero,      ///< f grows away from it on both sides
    unproved,  ///< f has no clear direction here: rounding, or a constant
    jump,      ///< the sign changes, the values do not become small
    pole,      ///< the sign changes through infinity
    none,      ///< f keeps away from zero
  };
  Nature nature = Nature::unproved;
  double x = std::numeric_limits<double>::quiet_NaN();
  double error = std::numeric_limits<double>::infinity();  ///< bound of |x − exact|
  double size = 0.0;  ///< of the step of f at the smallest distance
};

/// How far samples may go.
struct Reach {
  double lower, upper;
};

/// A narrowed bracket in which f changes its sign. Both sides are sampled at distances of 1, 4, 16,
/// … units in the last place, as far as `reach`. The error is the distance from which on their
/// difference grows like a power, without a wrong sign or a fall further out.
ZeroEvidence crossing_evidence(const Bracket& bracket, Reach reach, CountedFunction& f);

/// A point where |f| is least and keeps its sign, or an end of the domain, where `reach` leaves one
/// side only. It is a zero as far as |f(x)| is no more than what f grows by next to it.
ZeroEvidence touching_evidence(double x, double fx, Reach reach, CountedFunction& f);

}  // namespace mathtool::math
