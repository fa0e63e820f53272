#pragma once

#include "mathtool/math/calculus/find_root.hpp"
#include "zero_evidence.hpp"

namespace mathtool::math {

/// The error that a root may have and still be called converged.
struct RootTolerance {
  double relative, absolute;
  double at(double x) const;
};

/// A bracket in which f changes sign, followed to its end: the root, its error and what to call it.
/// For the error, f is sampled up to `distance` from the root, within `limits`.
Root bracketed_root(const Bracket& start, Reach limits, double distance, RootTolerance tolerance,
                    CountedFunction& f);

/// A point where |f| is least: a root if f reaches zero there.
Root touched_root(double x, double fx, Reach reach, RootTolerance tolerance, CountedFunction& f);

/// The result for a search that ended at x without a root.
Root failed_root(double x, double fx, Status status, std::string reason, const CountedFunction& f);

}  // namespace mathtool::math
