#include "calculus/accelerate_track.hpp"

#include <algorithm>

namespace mathtool::math {
namespace {

/// Every `stride`-th rung, an even number that keeps to one family, from `start` on.
Family family(const Track& track, std::size_t start, std::size_t stride) {
  Family family{.ratio = stride == 2 ? track.ratio : FiftyDigits(track.ratio * track.ratio)};
  for (std::size_t m = start; m < track.size(); m += stride) {
    family.values.push_back(track.rungs[m].value);
    family.noise.push_back(track.rungs[m].noise);
  }
  // Rounding that ended the track leaves its first values the best ones.
  family.from = track.end == End::rounding ? 3 : family.values.size() / 2;
  return family;
}

/// The rung from which on the values only rise or only fall, in the far third, or 0.
std::size_t wild_rungs(const Track& track) {
  std::size_t wild = 0;
  for (std::size_t m = track.size() / 3; m >= 2 && wild == 0; --m) {
    const auto& r = track.rungs;
    const FiftyDigits far = r[m - 1].value - r[m - 2].value, near = r[m].value - r[m - 1].value;
    if (far * near < 0) wild = m - 1;
  }
  return wild;
}

}  // namespace

Consensus accelerate(const std::vector<Family>& families) {
  std::vector<Accelerated<FiftyDigits>> candidates;
  std::size_t from = 3;
  const auto consider = [&](std::span<const FiftyDigits> estimates,
                            std::span<const FiftyDigits> noise) {
    auto candidate = best_estimate(estimates, from, noise);
    if (!isfinite(candidate.error) || !isfinite(candidate.value)) return;
    candidate.error += 1e-44 * abs(candidate.value);
    candidates.push_back(candidate);
  };
  for (const Family& family : families) {
    if (family.values.empty()) continue;
    from = family.from;
    const std::span<const FiftyDigits> values(family.values), noise(family.noise);
    consider(values, noise);
    consider(wynn_epsilon(values), noise);
    consider(levin_u(values), noise.subspan(1));
    if (family.ratio != 0)
      consider(richardson(values, family.ratio, FiftyDigits(1), FiftyDigits(1)), noise);
  }
  Consensus consensus;
  for (const auto& candidate : candidates)
    if (candidate.error < consensus.best.error) consensus.best = candidate;
  // An estimate that knows little is no witness: slow convergence stretches its error.
  for (const auto& candidate : candidates)
    if (abs(candidate.value - consensus.best.value) > 100 * candidate.error + consensus.best.error)
      consensus.contradicted = true;
  for (const auto& candidate : candidates)
    if (candidate.error <= 100 * consensus.best.error)
      consensus.spread =
          std::max(consensus.spread, FiftyDigits(abs(candidate.value - consensus.best.value)));
  return consensus;
}

Consensus accelerate(const Track& track) {
  const std::size_t third = track.size() / 6 * 2;
  const std::size_t first = std::min(wild_rungs(track), third);
  std::vector<Family> families;
  for (const std::size_t start : {first, first + 1, third, third + 1})
    for (const std::size_t stride : {2, 4})
      if (stride == 2 || track.ratio == 2) families.push_back(family(track, start, stride));
  return accelerate(families);
}

Track reciprocal(const Track& track) {
  Track result = track;
  for (Rung& rung : result.rungs) {
    rung.noise /= rung.value * rung.value;
    rung.value = 1 / rung.value;
  }
  return result;
}

}  // namespace mathtool::math
