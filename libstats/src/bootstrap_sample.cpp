#include "mathtool/stats/bootstrap_sample.hpp"

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::stats {

std::vector<Index> bootstrap_sample(Index n, std::uint64_t seed, std::uint64_t replicate) {
  require(n >= 1, "bootstrap_sample: n must be >= 1, got {}", n);
  math::Philox random(seed, replicate);
  std::vector<Index> sample(static_cast<std::size_t>(n));
  for (Index& drawn : sample)
    drawn = static_cast<Index>(math::uniform_index(random, static_cast<std::uint64_t>(n)));
  return sample;
}

std::vector<Index> out_of_bag(std::span<const Index> sample, Index n) {
  require(n >= 0, "out_of_bag: n must be >= 0, got {}", n);
  std::vector<bool> drawn(static_cast<std::size_t>(n), false);
  for (const Index i : sample) {
    require(0 <= i && i < n, "out_of_bag: observation {} of {}", i, n);
    drawn[static_cast<std::size_t>(i)] = true;
  }
  std::vector<Index> rest;
  for (Index i = 0; i < n; ++i)
    if (!drawn[static_cast<std::size_t>(i)]) rest.push_back(i);
  return rest;
}

}  // namespace mathtool::stats
