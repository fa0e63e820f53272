#pragma once

#include <algorithm>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// An urn of `population` balls of which `successes` count; `draws` are drawn. Whole numbers up to
/// 2⁵³, so that Extended holds their products in two parts.
struct Urn {
  Extended population, successes, draws;

  Extended lowest() const { return std::max<Extended>(0, draws + successes - population); }
  Extended highest() const { return std::min(draws, successes); }
};

/// log P(X = k); for real k between, what Γ makes of the factorials.
Extended log_urn_mass(const Urn& urn, Extended k);

/// P(X ≤ k) or P(X > k) over P(X = k), or over P(X = k + 1).
///
/// Cost:    a few thousand multiplications, or some 300 masses where the distribution is wide.
/// Error:   1e-17 relative: all terms are positive.
Extended urn_tail_ratio(const Urn& urn, Extended k, Tail tail);

Tails urn_tails(const Urn& urn, Extended k);
Extended log_urn_tail(const Urn& urn, Extended k, Tail tail);

}  // namespace mathtool::stats
