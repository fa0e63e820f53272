#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "mathtool/math/calculus/roots_on_interval.hpp"

namespace mathtool::math {

enum class Curvature { convex, concave, straight };

struct CurvedInterval {
  Interval interval = {};
  Curvature curvature = Curvature::straight;
};

struct Inflection {
  double x = 0.0;
  double error = 0.0;  ///< bound of |x − exact|, estimated
  double value = 0.0;  ///< f(x)
};

struct ConvexityOptions {
  std::function<double(double)> derivative = {};         ///< f′, when it is known
  std::function<double(double)> second_derivative = {};  ///< f″, when it is known
  double rel_tol = 1e-6;  ///< a place is settled when error ≤ max(abs_tol, rel_tol · |x|)
  double abs_tol = 1e-6;
  std::int64_t max_evaluations = 500'000;
  int scan = 20'000;  ///< samples of each function before the pieces are believed, ≥ 0
  StopToken stop = {};
};

struct [[nodiscard]] Convexity {
  std::vector<CurvedInterval> intervals = {};  ///< neighbours differ or are parted by a break of f
  std::vector<Inflection> inflections = {};    ///< where f is continuous and its curvature turns
  std::vector<Interval> undefined = {};        ///< where f is NaN throughout
  std::int64_t evaluations = 0;                ///< of f, f′ and f″ together
  Status status = Status::out_of_budget;
  std::string reason = {};
};

/// Where f is convex (f″ > 0), concave (f″ < 0) or straight on [a, b], and its points of
/// inflection.
///
/// The places are the sign changes of f″; without it, of the first derivative of a piecewise
/// polynomial for f′, or of the second of one for f. A place where f″ is 0 without a change of
/// sign, as x⁴ at 0, is no inflection; one where f jumps or has a pole parts two intervals.
///
/// Pre:     a < b, both finite.                            Throws: DomainError; Stopped.
/// Returns: the statuses of `roots_on_interval`.
/// Error:   with f″ a few units in the last place, with f′ about 1e-12, with f alone about 1e-9,
///          of the width of the feature.
/// Cost:    at least 1200 + scan evaluations.
Convexity convexity(FunctionRef<double(double)> f, double a, double b,
                    const ConvexityOptions& options = {});

}  // namespace mathtool::math
