#pragma once

#include <optional>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// How many principal components to keep: a number, the fewest that reach a share of the variance,
/// those above the mean eigenvalue (Kaiser), or those above what pure noise gives (parallel
/// analysis).
class ComponentRule {
 public:
  enum class Kind { all, count, share, kaiser, parallel };

  static ComponentRule all() { return ComponentRule(Kind::all, 0, 1.0); }
  ComponentRule(Index count);  ///< implicit: `.components = 3`; Throws: DomainError if < 1
  static ComponentRule share(double fraction);  ///< in (0, 1]; Throws: DomainError
  /// Ref: Kaiser, The application of electronic computers to factor analysis (1960).
  static ComponentRule kaiser() { return ComponentRule(Kind::kaiser, 0, 1.0); }
  /// Ref: Horn, A rationale and test for the number of factors (1965).
  static ComponentRule parallel() { return ComponentRule(Kind::parallel, 0, 1.0); }

  Kind kind() const { return kind_; }
  Index count() const { return count_; }      ///< for Kind::count
  double fraction() const { return share_; }  ///< for Kind::share

 private:
  ComponentRule(Kind kind, Index count, double share) : kind_(kind), count_(count), share_(share) {}

  Kind kind_;
  Index count_;
  double share_;
};

/// How many of the leading eigenvalues (descending) the rule keeps, at least 1; none if more of
/// them must be known to tell. `noise` are the thresholds of parallel analysis, for that rule.
/// Shapes: `eigenvalues` are the leading m of p, `noise` has at least m entries.
std::optional<Index> choose_components(const ComponentRule& rule, const VecRef& eigenvalues,
                                       Index p, double total_variance, const VecRef& noise);

}  // namespace mathtool::stats
