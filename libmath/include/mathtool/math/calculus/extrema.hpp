#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/calculus/roots_on_interval.hpp"

namespace mathtool::math {

enum class ExtremumKind { minimum, maximum };

struct Extremum {
  ExtremumKind kind = ExtremumKind::minimum;
  double x = 0.0;          ///< the middle of a plateau
  double error = 0.0;      ///< bound of |x − exact|, estimated; half the width of a plateau
  double value = 0.0;      ///< f(x)
  bool plateau = false;    ///< f keeps this value on [x − error, x + error]
  bool end_point = false;  ///< at a, at b or at the end of the domain: one side only
  bool global = false;     ///< no smaller (larger) value on [a, b], up to rounding; never set where
                           ///< f is unbounded on that side
};

struct ExtremaOptions {
  std::function<double(double)> derivative = {};  ///< f′, when it is known
  double rel_tol = 1e-7;  ///< a place is settled when error ≤ max(abs_tol, rel_tol · |x|)
  double abs_tol = 1e-7;
  std::int64_t max_evaluations = 500'000;
  int scan = 20'000;  ///< samples of f, and as many of f′, before the pieces are believed, ≥ 0
  StopToken stop = {};
};

struct [[nodiscard]] Extrema {
  std::vector<Extremum> points = {};                ///< ascending in x, end points included
  std::vector<Discontinuity> discontinuities = {};  ///< poles and jumps
  std::vector<Interval> undefined = {};             ///< where f is NaN throughout
  std::int64_t evaluations = 0;                     ///< of f and f′ together
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// All local minima and maxima of f on [a, b], with both ends and the global ones marked.
///
/// [a, b] is cut at the critical points of f: the sign changes of f′ where it is given, otherwise
/// of the derivative of a piecewise polynomial that agrees with f to rounding; and at kinks, jumps
/// and poles. Between two cuts f is monotone, so comparing values at the cuts decides.
///
/// Pre:     a < b, both finite.                            Throws: DomainError; Stopped.
/// Returns: `converged` when every piece was resolved and every place settled; `suspicious` also
///          where f jumps at an extremum, which it then may not attain; `out_of_budget` and
///          `not_finite` as in `roots_on_interval`. A constant f has one minimum and one maximum,
///          each a plateau over all of [a, b].
/// Error:   with f′ a few units in the last place; without it about 1e-13 · (width of the feature),
///          where comparing values of f alone would give 1e-8.
/// Cost:    at least 1200 + scan evaluations.
/// Ref:     Boyd, Solving Transcendental Equations (2014), chapter 3.
Extrema extrema(FunctionRef<double(double)> f, double a, double b,
                const ExtremaOptions& options = {});

}  // namespace mathtool::math
