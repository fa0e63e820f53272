#pragma once

#include <cmath>
#include <span>
#include <string_view>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {

/// Throws unless there is one finite weight ≥ 0 for each of `samples`.
inline void require_frequencies(std::string_view accumulator, std::size_t samples,
                                std::span<const double> weights) {
  require<DimensionError>(weights.size() == samples, "{}: {} weights for {} samples", accumulator,
                          weights.size(), samples);
  for (const double weight : weights)
    require(weight >= 0 && std::isfinite(weight), "{}: weights must be finite and >= 0, got {}",
            accumulator, weight);
}

}  // namespace mathtool::stats
