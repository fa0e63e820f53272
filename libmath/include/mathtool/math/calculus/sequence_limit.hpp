#pragma once

#include <limits>

#include "mathtool/math/calculus/limit.hpp"

namespace mathtool::math {

struct SequenceOptions {
  double rel_tol = 1e-10;  ///< as in LimitOptions
  double abs_tol = 1e-10;
  /// n never exceeds it, ≥ 256: lower it where a(n) costs n steps
  double largest_index = std::numeric_limits<double>::infinity();
  StopToken stop = {};
};

/// lim a(n) for n → ∞ over the whole numbers, from the verdicts, methods and errors of `limit`.
/// a is read at n = 4·2ᵏ and 5·2ᵏ, and at scattered n between them.
///
/// Pre:     as for `limit`.   Throws: as `limit`.
LimitEstimate sequence_limit(FunctionRef<double(double)> a, const SequenceOptions& options = {});

struct RecurrenceOptions {
  double rel_tol = 1e-10;  ///< as in LimitOptions
  double abs_tol = 1e-10;
  int steps = 4096;  ///< the recurrence is followed so far at most, ≥ 64
  StopToken stop = {};
};

/// lim xₙ for xₙ₊₁ = g(xₙ, n), n = 0, 1, 2, ...
///
/// Pre:     start finite.   Throws: as `limit`.
LimitEstimate recurrence_limit(FunctionRef<double(double x, double n)> g, double start,
                               const RecurrenceOptions& options = {});

}  // namespace mathtool::math
