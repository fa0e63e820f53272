#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mathtool::math {

/// The mean of a sample and the squares about it, mergeable.
struct SampleMoments {
  std::int64_t count = 0;
  double mean = 0.0;
  double squares = 0.0;  ///< Σ (y − mean)²
  double largest = 0.0;  ///< the largest |y|

  void push(double y) {
    ++count;
    const double step = y - mean;
    mean += step / static_cast<double>(count);
    squares += step * (y - mean);
    largest = std::max(largest, std::abs(y));
  }

  /// Ref: Chan, Golub & LeVeque, Updating formulae and a pairwise algorithm (1979).
  void merge(const SampleMoments& other) {
    if (other.count == 0) return;
    const double n = static_cast<double>(count), m = static_cast<double>(other.count);
    const double step = other.mean - mean;
    mean += step * (m / (n + m));
    squares += other.squares + step * step * (n * m / (n + m));
    count += other.count;
    largest = std::max(largest, other.largest);
  }
};

}  // namespace mathtool::math
