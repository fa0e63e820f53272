#pragma once

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

/// The same function, shorter: numbers are computed exactly, like terms and powers joined, products
/// with 0 and 1 taken out, known values put in (sin(pi/6), log(e)), sin^2 + cos^2 made 1. Products
/// of sums are not multiplied out.
///
/// Identities are those of real numbers wherever both sides are defined: x/x is 1, log(exp(x)) is
/// x, sqrt(x^2) is abs(x). `e` and `pi` are the constants.
/// Returns: `expression` itself where it has more than 20,000 nodes.
Expression simplify(const Expression& expression);

}  // namespace mathtool::math
