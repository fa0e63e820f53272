#pragma once

#include <cmath>
#include <span>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

constexpr double most_exact_count = 0x1p53;  // above it n + 1 is n
constexpr double least_expected = 5;         // Cochran's rule of thumb for χ² of counts

inline void require_counts(std::span<const double> counts) {
  for (const double count : counts)
    require(count >= 0 && std::isfinite(count), "test: counts must be >= 0, got {}", count);
}

inline void require_whole_counts(std::span<const double> counts) {
  require_counts(counts);
  for (const double count : counts)
    require<InsufficientDataError>(count == std::floor(count) && count <= most_exact_count,
                                   "an exact test counts whole observations, up to 2^53, but "
                                   "there is {}",
                                   count);
}

inline void note_small_expectation(TestResult& result, double smallest, const char* remedy) {
  if (smallest < least_expected)
    result.notes.push_back(
        fmt::format("the smallest expected count is {:.3g}, below 5: the p-value is rough; {}",
                    smallest, remedy));
}

}  // namespace mathtool::stats
