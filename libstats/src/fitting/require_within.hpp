#pragma once

#include <string_view>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/frequency_table.hpp"

namespace mathtool::stats {

/// Throws: InsufficientDataError for a sample beyond the ends of a family's support.
inline void require_within(std::string_view family, const FrequencyTable& sample, double low,
                           double high) {
  const double least = sample.values.front(), most = sample.values.back();
  require<InsufficientDataError>(least >= low, "{} has no values below {}, the data have {}",
                                 family, low, least);
  require<InsufficientDataError>(most <= high, "{} has no values above {}, the data have {}",
                                 family, high, most);
}

}  // namespace mathtool::stats
