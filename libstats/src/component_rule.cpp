#include "mathtool/stats/component_rule.hpp"

#include <algorithm>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

/// How many come before the first that does not satisfy `keeps`; none if all of fewer than p do.
template <class Keeps>
std::optional<Index> leading_run(const VecRef& eigenvalues, Index p, Keeps keeps) {
  for (Index k = 0; k < eigenvalues.size(); ++k)
    if (!keeps(k)) return std::max<Index>(k, 1);
  if (eigenvalues.size() < p) return std::nullopt;
  return p;
}

}  // namespace

ComponentRule::ComponentRule(Index count) : ComponentRule(Kind::count, count, 1.0) {
  require(count >= 1, "the number of components must be >= 1, got {}", count);
}

ComponentRule ComponentRule::share(double fraction) {
  require(0 < fraction && fraction <= 1, "the share of variance must be in (0, 1], got {}",
          fraction);
  return ComponentRule(Kind::share, 0, fraction);
}

std::optional<Index> choose_components(const ComponentRule& rule, const VecRef& eigenvalues,
                                       Index p, double total_variance, const VecRef& noise) {
  const Index m = eigenvalues.size();
  switch (rule.kind()) {
    case ComponentRule::Kind::all: return m == p ? std::optional(p) : std::nullopt;
    case ComponentRule::Kind::count:
      return m >= std::min(rule.count(), p) ? std::optional(std::min(rule.count(), p))
                                            : std::nullopt;
    case ComponentRule::Kind::share: {
      // Reached up to rounding: 100 % must not ask for a component of variance 1e-17.
      const double wanted = rule.fraction() * total_variance * (1 - 1e-14);
      double sum = 0.0;
      for (Index k = 0; k < m; ++k)
        if ((sum += eigenvalues[k]) >= wanted) return k + 1;
      return m == p ? std::optional(p) : std::nullopt;
    }
    case ComponentRule::Kind::kaiser:
      return leading_run(eigenvalues, p, [&](Index k) {
        return eigenvalues[k] > total_variance / static_cast<double>(p);
      });
    case ComponentRule::Kind::parallel:
      return leading_run(eigenvalues, p,
                         [&](Index k) { return k < noise.size() && eigenvalues[k] > noise[k]; });
  }
  return std::nullopt;
}

}  // namespace mathtool::stats
