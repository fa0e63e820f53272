#pragma once

#include "counted_function.hpp"

namespace mathtool::math {

/// Two points, in any order, and the values of f there, of opposite sign unless one is 0.
struct Bracket {
  double a, fa, b, fb;
};

/// Whether one is above and the other below 0, which a product would not tell of tiny numbers.
inline bool opposite_signs(double x, double y) { return (x < 0 && y > 0) || (x > 0 && y < 0); }

/// Narrows a bracket until f is 0 at `a`, or `a` and `b` are neighbouring doubles; |fa| ≤ |fb|.
/// Ends early where the budget is spent, and with fa NaN where f is not a number.
///
/// Ref: Chandrupatla, A new hybrid quadratic/bisection algorithm (1997).
Bracket narrowed(Bracket bracket, CountedFunction& f);

/// The double half way between a and b in the order of all doubles, so that 64 halvings lead from
/// any bracket to neighbours.
double middle_double(double a, double b);

/// The point between a and b with the least value of g, as far as doubles tell it apart, where g
/// falls and then rises. NaN counts as infinite. Golden section: about 75 evaluations.
double least_point(FunctionRef<double(double)> g, double a, double b);

}  // namespace mathtool::math
