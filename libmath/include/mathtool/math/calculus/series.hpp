#pragma once

#include <functional>
#include <limits>

#include "mathtool/math/calculus/limit.hpp"

namespace mathtool::math {

struct SeriesOptions {
  double rel_tol = 1e-10;  ///< converged when error ≤ max(rel_tol · |value|, abs_tol · size),
  double abs_tol = 1e-10;  ///< size = min(1, largest |term| among the first)
  /// no term beyond it is asked for, ≥ first + 256: lower it where a term costs k steps
  double largest_index = std::numeric_limits<double>::infinity();
  /// The term or factor in doubles, when it is cheap: it is then looked at for the first 100,000 k,
  /// and one that is out of line, or none that changes anything, makes the answer suspicious.
  std::function<double(double k)> quick = {};
  StopToken stop = {};
};

/// Σ term(k), k = first, first + 1, ... to infinity.
///
/// Never says converged before the terms were seen to tend to 0 and, where they keep their sign,
/// Raabe's test on them, or on the terms 2ᵏ term(2ᵏ) of Cauchy's condensation, was passed. The
/// value is then the best of Levin's u and Wynn's ε transforms of the partial sums, taken from
/// several starts, and must agree with what later terms give. Where signs and zeros of the terms
/// repeat with a period up to 24, as in 1 + 0 − 1/3 + 0 + ..., terms that tend to 0 are summed in
/// groups of that length first. What lies between terms that were read stays unseen without
/// `SeriesOptions::quick`.
///
/// Pre:     tolerances > 0, first a whole number of at most 2⁵³.   Throws: as `limit`.
/// Returns: `plus_infinity` or `minus_infinity` for a sum that grows without bound,
///          `does_not_exist` for one that oscillates.
/// Ref:     Knopp, Theory and application of infinite series (1951), §38 and §39.
LimitEstimate infinite_sum(FunctionRef<double(double)> term, double first,
                           const SeriesOptions& options = {});

/// Π factor(k), k = first, first + 1, ... to infinity: the limit of the partial products, through
/// the sum of the logarithms. Where it is 0 without a factor that is 0, textbooks call the product
/// divergent to zero; here the limit 0 is the answer.
LimitEstimate infinite_product(FunctionRef<double(double)> factor, double first,
                               const SeriesOptions& options = {});

/// Σ term(k), k = first ... last, added in order with compensation; 0 when last < first.
///
/// Pre:     first and last whole numbers of at most 2⁵³.   Throws: DomainError; Stopped.
/// Error:   what the rounding of the sum can amount to; that of the terms is the caller's.
Estimate finite_sum(FunctionRef<double(double)> term, double first, double last,
                    const StopToken& stop = {});

/// Π factor(k), k = first ... last, in order with compensation; 1 when last < first.
Estimate finite_product(FunctionRef<double(double)> factor, double first, double last,
                        const StopToken& stop = {});

}  // namespace mathtool::math
