#include "mathtool/stats/any_distribution.hpp"

#include "arrays/atom_table.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::stats {

void AnyDistribution::sample(math::Philox& random, std::span<double> out) const {
  if (!discrete()) return self_->sample(random, out);
  // As many as a few thousand draws pay for.
  constexpr double most_atoms = 2048;
  std::call_once(self_->atoms_known, [&] {
    self_->atoms = std::make_shared<const detail::AtomTable>(*this, Verb::quantile, most_atoms);
  });
  if (self_->atoms->empty()) return self_->sample(random, out);
  for (double& u : out) u = math::uniform(random);
  self_->atoms->quantiles(*this, out, out);
}

}  // namespace mathtool::stats
