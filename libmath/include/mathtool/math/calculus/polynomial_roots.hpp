#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

struct PolynomialRoot {
  std::complex<double> value = {};
  double error = 0.0;    ///< radius of a disc around `value` that holds the exact root
  int multiplicity = 1;  ///< exact, for the coefficients as given
};

struct PolynomialRootsOptions {
  StopToken stop = {};
};

struct [[nodiscard]] PolynomialRoots {
  std::vector<PolynomialRoot> roots = {};  ///< by real part, then by imaginary part
  std::int64_t evaluations = 0;            ///< of the polynomial
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// All complex roots of a polynomial with real coefficients, highest power first:
///     c₀ xⁿ + c₁ xⁿ⁻¹ + … + cₙ = 0
/// Multiple roots are split off exactly, by greatest common divisors over the integers (a double is
/// an integer times a power of two). The simple roots that remain are found by Aberth's
/// simultaneous iteration, in double precision and then in 50 to 800 digits, until discs that
/// each provably hold one root are smaller than a double can show. Real roots have imaginary part
/// exactly 0, others come in conjugate pairs.
///
/// Pre:     finite coefficients, not all 0; leading zeros are ignored; degree ≤ 1000.
/// Throws:  DomainError; Stopped.
/// Returns: no roots for a constant; `not_finite` where a root lies beyond the range of a double;
///          `suspicious` where 800 digits do not separate the roots: their discs hold as they are.
/// Error:   half a unit in the last place of each part. Sensitive roots are those of the numbers
///          given: when coefficients were rounded, Wilkinson's polynomial is another one.
/// Cost:    O(n²) per sweep, about 10 sweeps.
/// Ref:     Aberth, Iteration methods for finding all zeros of a polynomial simultaneously (1973);
///          Bini, Numerical computation of polynomial zeros by means of Aberth's method (1996).
PolynomialRoots polynomial_roots(const VecRef& coefficients,
                                 const PolynomialRootsOptions& options = {});

/// The same for coefficients that are not doubles, such as integers above 2⁵³.
PolynomialRoots polynomial_roots(std::span<const DoubleDouble> coefficients,
                                 const PolynomialRootsOptions& options = {});

}  // namespace mathtool::math
