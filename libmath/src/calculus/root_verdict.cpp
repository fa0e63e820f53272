#include "root_verdict.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mathtool::math {

double RootTolerance::at(double x) const { return std::max(absolute, relative * std::abs(x)); }

Root failed_root(double x, double fx, Status status, std::string reason, const CountedFunction& f) {
  Root root;
  root.value = x;
  root.residual = fx;
  root.evaluations = f.evaluations();
  root.status = status;
  root.reason = std::move(reason);
  return root;
}

Root bracketed_root(const Bracket& start, Reach limits, double distance, RootTolerance tolerance,
                    CountedFunction& f) {
  const Bracket bracket = narrowed(start, f);
  if (std::isnan(bracket.fa))
    return failed_root(bracket.a, bracket.fa, Status::not_finite,
                       fmt::format("f is not a number at {}", bracket.a), f);
  const double width = std::abs(bracket.b - bracket.a);
  if (f.exhausted()) {
    Root root = failed_root(bracket.a, bracket.fa, Status::out_of_budget,
                            fmt::format("the root lies between {} and {} after {} evaluations",
                                        std::min(bracket.a, bracket.b),
                                        std::max(bracket.a, bracket.b), f.evaluations()),
                            f);
    root.error = width;
    return root;
  }

  const Reach reach{std::max(limits.lower, bracket.a - distance),
                    std::min(limits.upper, bracket.a + distance)};
  const ZeroEvidence evidence = crossing_evidence(bracket, reach, f);
  Root root;
  root.value = evidence.x;
  root.residual = bracket.fa;
  root.error = evidence.error;
  root.evaluations = f.evaluations();
  switch (evidence.nature) {
    case ZeroEvidence::Nature::zero:
      if (root.error <= tolerance.at(root.value)) {
        root.status = Status::converged;
      } else {
        root.status = Status::stalled;
        root.reason = fmt::format(
            "rounding in f hides the root: f changes sign near {}, but has no clear sign within "
            "{:.2g} of it",
            root.value, root.error);
      }
      return root;
    case ZeroEvidence::Nature::jump:
      root.status = Status::suspicious;
      root.reason = fmt::format("f changes sign at {} by a jump of {:.3g}: no root", root.value,
                                evidence.size);
      return root;
    case ZeroEvidence::Nature::pole:
      root.status = Status::suspicious;
      root.reason = fmt::format("f changes sign at {} by a pole: no root", root.value);
      return root;
    default:
      // A double root that rounding cuts into crossings grows on both sides alike.
      return touched_root(bracket.a, bracket.fa, reach, {0, 0}, f);
  }
}

Root touched_root(double x, double fx, Reach reach, RootTolerance tolerance, CountedFunction& f) {
  const ZeroEvidence evidence = touching_evidence(x, fx, reach, f);
  if (f.exhausted())
    return failed_root(
        x, fx, Status::out_of_budget,
        fmt::format("|f| is {:.3g} at {} after {} evaluations", std::abs(fx), x, f.evaluations()),
        f);
  if (evidence.nature == ZeroEvidence::Nature::none)
    return failed_root(x, fx, Status::stalled,
                       fmt::format("|f| has a minimum of {:.6g} near {}: no root", std::abs(fx), x),
                       f);
  if (evidence.nature == ZeroEvidence::Nature::unproved)
    return failed_root(x, fx, Status::stalled,
                       fmt::format("f comes to {:.2g} near {}, but is not seen to grow away from "
                                   "zero there",
                                   fx, x),
                       f);
  Root root = failed_root(x, fx, Status::converged, {}, f);
  root.error = evidence.error;
  if (root.error > tolerance.at(x)) {
    root.status = Status::suspicious;
    root.reason = fmt::format(
        "f comes to {:.2g} near {}, where rounding hides whether it reaches zero within {:.2g}", fx,
        x, root.error);
  }
  return root;
}

}  // namespace mathtool::math
