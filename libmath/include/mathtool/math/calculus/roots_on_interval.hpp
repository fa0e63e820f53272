#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"

namespace mathtool::math {

struct Interval {
  double lower = 0.0;
  double upper = 0.0;
  bool operator==(const Interval&) const = default;
};

struct IntervalRoot {
  double x = 0.0;
  double error = 0.0;     ///< bound of |x − exact|, estimated
  bool touching = false;  ///< f has the same sign on both sides: a root of even order
};

struct Discontinuity {
  double x = 0.0;
  double error = 0.0;
  bool pole = false;  ///< |f| grows without bound; otherwise f jumps
};

struct RootsOnIntervalOptions {
  double rel_tol = 1e-10;  ///< a root is settled when error ≤ max(abs_tol, rel_tol · |x|)
  double abs_tol = 1e-12;
  std::int64_t max_evaluations = 500'000;
  int scan = 20'000;  ///< samples spread over [a, b] before the pieces are believed, ≥ 0
  StopToken stop = {};
};

struct [[nodiscard]] RootsOnInterval {
  std::vector<IntervalRoot> roots = {};             ///< ascending
  std::vector<Discontinuity> discontinuities = {};  ///< where f changes sign without a root
  std::vector<Interval> zero_intervals = {};        ///< where f is 0 throughout
  std::vector<Interval> undefined = {};             ///< where f is NaN or infinite throughout
  std::int64_t evaluations = 0;
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// All roots of f in [a, b].
///
/// f is replaced by polynomials of degree 16 on pieces that are halved until they agree with f to
/// rounding. Between the critical points of these f is monotone, so every change of sign is one
/// root, which is then found on f itself; a critical point where f reaches zero is a double root.
/// Poles, jumps and ends of the domain are closed in on by halving.
///
/// Pre:     a < b, both finite.                            Throws: DomainError; Stopped.
/// Returns: `converged` when every piece was resolved and every root is settled; `suspicious` where
///          f comes so close to zero that rounding hides whether it reaches it; `out_of_budget`
///          with the roots so far, where f varies too fast: sin(1/x) near 0; `not_finite` where
///          f has no finite value at all.
/// Error:   a feature narrower than about (b − a)/scan between the samples can be missed.
/// Cost:    at least 1200 + scan evaluations; about 20 for each half wave of f.
/// Ref:     Boyd, Solving Transcendental Equations (2014), chapters 3 and 6.
RootsOnInterval roots_on_interval(FunctionRef<double(double)> f, double a, double b,
                                  const RootsOnIntervalOptions& options = {});

}  // namespace mathtool::math
