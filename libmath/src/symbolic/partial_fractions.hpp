#pragma once

#include <vector>

#include "rational_function.hpp"

namespace mathtool::math {

/// numerator / denominator^power with a numerator of lower degree than the denominator, which is
/// irreducible.
struct PartialFraction {
  Polynomial numerator, denominator;
  int power = 1;
};

struct PartialFractions {
  Polynomial polynomial = {};  ///< the part without denominator
  std::vector<PartialFraction> fractions = {};
};

/// A rational function as the sum of such parts.
PartialFractions partial_fractions(const RationalFunction& f);

/// ∫ of one part with a power above 1 as a rational function and one part of power 1 that is left:
/// Hermite's reduction.
struct HermiteReduction {
  std::vector<PartialFraction> integrated = {};
  PartialFraction left;
};
HermiteReduction hermite_reduction(const PartialFraction& fraction);

Form fraction_form(const PartialFraction& fraction, const Form& x);

}  // namespace mathtool::math
