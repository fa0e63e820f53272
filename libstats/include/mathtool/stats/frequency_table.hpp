#pragma once

#include <span>
#include <vector>

namespace mathtool::stats {

/// A sample as its different values, ascending, each with the frequency with which it occurs.
struct FrequencyTable {
  std::vector<double> values = {}, frequencies = {};
  double total = 0;            ///< sum of the frequencies
  bool whole_numbers = false;  ///< whether all values are

  std::size_t size() const { return values.size(); }
};

/// Sorts and counts. Values of frequency 0 are left out; without frequencies each value counts 1.
/// Throws:  DimensionError unless there are as many frequencies as values; DomainError for NaN and
///          for frequencies that are negative or not finite; InsufficientDataError for infinities.
/// Cost:    O(n log n).
FrequencyTable frequency_table(std::span<const double> x, std::span<const double> frequencies = {});

}  // namespace mathtool::stats
