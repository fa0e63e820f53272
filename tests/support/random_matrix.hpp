#pragma once

#include <cstdint>

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::test {

/// n × p numbers uniform in (−1, 1), a function of the seed alone.
inline Mat random_matrix(Index n, Index p, std::uint64_t seed) {
  math::Philox random(seed);
  Mat X(n, p);
  for (Index j = 0; j < p; ++j)
    for (Index i = 0; i < n; ++i) X(i, j) = 2 * math::uniform(random) - 1;
  return X;
}

}  // namespace mathtool::test
