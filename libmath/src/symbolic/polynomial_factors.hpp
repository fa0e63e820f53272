#pragma once

#include <vector>

#include "polynomial.hpp"

namespace mathtool::math {

struct PolynomialFactor {
  Polynomial polynomial;  ///< primitive, irreducible over the rational numbers
  int multiplicity = 1;
};

/// The factors of a polynomial that is not constant, without the number in front, by rising degree.
/// A factor whose coefficients are too large to be found from its roots stays in one piece.
std::vector<PolynomialFactor> irreducible_factors(const Polynomial& polynomial);

}  // namespace mathtool::math
