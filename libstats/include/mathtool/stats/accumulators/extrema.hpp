#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "mathtool/math/constants.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// Smallest and largest sample of a stream; NaN for an empty one, and once a NaN was seen.
class Extrema {
 public:
  using Sample = double;

  void push(double x) {
    ++count_;
    if (std::isnan(low_)) return;
    low_ = std::isnan(x) ? x : std::min(x, low_);
    high_ = std::isnan(x) ? x : std::max(x, high_);
  }

  /// The same as pushing one by one, several times faster.
  void push(std::span<const double> samples);

  void merge(const Extrema& other) {
    const std::int64_t count = count_ + other.count_;
    if (other.count_ > 0) {
      push(other.low_);
      push(other.high_);
    }
    count_ = count;
  }

  std::int64_t count() const { return count_; }
  double min() const { return count_ > 0 ? low_ : not_a_number; }
  double max() const { return count_ > 0 ? high_ : not_a_number; }

 private:
  std::int64_t count_ = 0;
  double low_ = infinity;
  double high_ = -infinity;
};

}  // namespace mathtool::stats
