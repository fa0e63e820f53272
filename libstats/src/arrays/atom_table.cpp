#include "arrays/atom_table.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats::detail {

AtomTable::AtomTable(const AnyDistribution& d, Verb verb, double most) : verb_(verb) {
  first_ = stats::quantile(d, 0x1p-30);
  const double last = stats::quantile_survival(d, 0x1p-30), count = last - first_ + 1;
  if (d.lattice() != Lattice{} || !(count >= 1 && count <= most)) return;
  key_.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < key_.size(); ++i) {
    const double k = first_ + static_cast<double>(i);
    key_[i] = verb == Verb::quantile ? stats::cdf(d, k) : -stats::survival(d, k);
  }
  guide_.resize(std::max<std::size_t>(1024, 4 * key_.size()));
  const double start = verb == Verb::quantile ? 0 : -1;
  std::size_t atom = 0;
  for (std::size_t i = 0; i < guide_.size(); ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(guide_.size());
    while (atom + 1 < key_.size() && key_[atom] < start + share) ++atom;
    guide_[i] = static_cast<std::uint32_t>(atom);
  }
}

double AtomTable::search(const AnyDistribution& d, double p) const {
  const bool below = verb_ == Verb::quantile;
  const double target = below ? p : -p;
  // The first atom answers for what lies before it only if nothing does.
  if (!(target > key_.front() && target <= key_.back() && p > 0 && p < 1))
    return below ? stats::quantile(d, p) : stats::quantile_survival(d, p);
  const auto places = static_cast<double>(guide_.size());
  const auto place = static_cast<std::size_t>((below ? p : 1 - p) * places);
  // One place earlier: the product above may have been rounded up.
  std::size_t atom = guide_[std::min(place, guide_.size()) - (place > 0)];
  while (key_[atom] < target) ++atom;
  return first_ + static_cast<double>(atom);
}

void AtomTable::quantiles(const AnyDistribution& d, std::span<const double> p,
                          std::span<double> out) const {
  for (std::size_t i = 0; i < p.size(); ++i) out[i] = search(d, p[i]);
}

}  // namespace mathtool::stats::detail
