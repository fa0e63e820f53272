#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/random/philox.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {
class AnyDistribution;
}

namespace mathtool::stats::detail {

/// Quantiles of a discrete distribution, the very ones that `quantile` searches, from its tails at
/// all atoms that matter. A guide says for each p where to begin, mostly where to end too.
/// Ref: Chen & Asau, On generating random variates from an empirical distribution (1974).
class AtomTable {
 public:
  /// Empty, and slow, where there would be more than `most` atoms.
  AtomTable(const AnyDistribution& d, Verb verb, double most);

  bool empty() const { return key_.empty(); }

  void quantiles(const AnyDistribution& d, std::span<const double> p, std::span<double> out) const;

 private:
  double search(const AnyDistribution& d, double p) const;

  Verb verb_;
  double first_ = 0;                  ///< the first atom
  std::vector<double> key_;           ///< rising: P(X ≤ k), or −P(X > k)
  std::vector<std::uint32_t> guide_;  ///< for each share of the range of p, where to begin
};

}  // namespace mathtool::stats::detail
