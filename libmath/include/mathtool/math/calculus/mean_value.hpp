#pragma once

#include <vector>

#include "mathtool/math/calculus/estimate.hpp"
#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

struct MeanValueOptions {
  IntegrateOptions integration = {};
  int search = 1000;  ///< intervals in which f − mean is looked at for a change of sign, ≥ 1
};

/// A place x with f(x) = mean, and a bound of its error.
struct AttainedAt {
  double x;
  double error;
};

/// The mean of a function over an interval, as an Estimate, and where the function takes it.
struct [[nodiscard]] MeanValue : Estimate {
  std::vector<AttainedAt> attained = {};  ///< ascending; where f − mean changes sign without a jump
};

/// The mean value of f over [a, b] and the places that the mean value theorem promises.
///
///     mean = ∫ f(x) dx / (b − a),     f(ξ) = mean
///
/// A continuous f attains its mean; one that jumps over it may not, and `attained` is then empty.
/// A constant f attains it everywhere: one place, the middle, is returned.
///
/// Pre:     a ≠ b, both finite.      Throws: DomainError if not; Stopped; what f throws.
/// Returns: the status of the integral. Two places within (b − a)/search of one another, and places
///          where f only touches its mean, can be missed.
MeanValue mean_value(FunctionRef<double(double)> f, double a, double b,
                     const MeanValueOptions& options = {});

}  // namespace mathtool::math
