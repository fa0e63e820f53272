#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace mathtool::math {

template <class T>
struct [[nodiscard]] Accelerated {
  T value = std::numeric_limits<T>::quiet_NaN();
  T error = std::numeric_limits<T>::infinity();  ///< bound of |value − limit|, estimated
};

/// Where a sequence of estimates is heading, from that one at `from` or after that makes this
/// least:
///     error = 10 n max |eᵢ − eᵢ₋₁| + 10 max noiseᵢ,   i = n − 2, n − 1, n
///
/// The factor n covers what is left when the steps shrink like 1/n² only, the slowest convergence
/// in which a last step says anything of the rest. Fewer than 4 estimates give an infinite error.
/// A late `from` ignores where early estimates happened to stand still.
/// `noise` bounds the rounding in what the estimates were made of; empty means none.
template <class T>
Accelerated<T> best_estimate(std::span<const T> estimates, std::size_t from = 3,
                             std::span<const T> noise = {}) {
  using std::abs, std::isfinite;
  Accelerated<T> best;
  for (std::size_t n = std::max(from, std::size_t{3}); n < estimates.size(); ++n) {
    T step = 0, rounding = 0;
    for (std::size_t i = n - 2; i <= n; ++i) {
      const T change = abs(estimates[i] - estimates[i - 1]);
      step = isfinite(change) ? std::max(step, change) : std::numeric_limits<T>::infinity();
      if (i < noise.size()) rounding = std::max(rounding, noise[i]);
    }
    const T error = 10 * (static_cast<T>(n) * step + rounding);
    if (error < best.error) best = {estimates[n], error};
  }
  return best;
}

/// Wynn's ε algorithm: for each n the estimate of lim sₙ from the first n + 1 members. Exact after
/// 2m + 1 of them when sₙ = s + Σ cᵢ λᵢⁿ with m terms; so it likes samples at geometric distances
/// and alternating or geometric series, and gains little where sₙ − s falls like a power of n.
///
/// Cost: O(n²) divisions.
/// Ref:  Wynn, On a device for computing the e_m(S_n) transformation (1956); Weniger (1989), §4.3.
template <class T>
std::vector<T> wynn_epsilon(std::span<const T> s) {
  using std::sqrt;
  const T infinite = sqrt(std::numeric_limits<T>::max());
  std::vector<T> diagonal, estimates;
  for (std::size_t n = 0; n < s.size(); ++n) {
    diagonal.push_back(s[n]);
    T before = 0, above = 0;
    for (std::size_t j = n; j > 0; --j) {
      before = above;
      above = diagonal[j - 1];
      const T difference = diagonal[j] - above;
      const bool estimate = (n - j) % 2 == 1;  // the other columns hold only what leads to them
      diagonal[j - 1] = difference != 0 ? before + 1 / difference : estimate ? before : infinite;
    }
    estimates.push_back(diagonal[n % 2]);
  }
  return estimates;
}

/// Levin's u transform: for each n ≥ 1 the estimate from s₀ ... sₙ. Fits the remainder as
/// (n + 1) (sₙ − sₙ₋₁) times a polynomial in 1/(n + 1); so it sums alternating series and those
/// whose terms fall like any power of n.
///
/// Cost: O(n²).
/// Ref:  Levin, Development of non-linear transformations for improving convergence of sequences
///       (1973); Weniger (1989), eq. 7.3-5 and the program GLEVIN.
template <class T>
std::vector<T> levin_u(std::span<const T> s) {
  std::vector<T> numerators, denominators, estimates;
  for (std::size_t i = 1; i < s.size(); ++i) {
    const std::size_t n = i - 1;
    const T last = static_cast<T>(i), remainder = last * (s[i] - s[i - 1]);
    if (remainder == 0) {  // the sequence stands still
      estimates.push_back(s[i]);
      numerators.clear(), denominators.clear();
      for (std::size_t rest = i + 1; rest < s.size(); ++rest) estimates.push_back(s[rest]);
      break;
    }
    numerators.push_back(s[i] / remainder);
    denominators.push_back(1 / remainder);
    T power = 1 / last;  // (last − 1)^(j−2) / last^(j−1)
    for (std::size_t j = 1; j <= n; ++j) {
      const T factor = j == 1 ? T(1) : static_cast<T>(i - j) * power;
      if (j > 1) power *= static_cast<T>(i - 1) / last;
      numerators[n - j] = numerators[n - j + 1] - factor * numerators[n - j];
      denominators[n - j] = denominators[n - j + 1] - factor * denominators[n - j];
    }
    estimates.push_back(numerators[0] / denominators[0]);
  }
  return estimates;
}

/// Richardson's extrapolation to h = 0 of samples at h, h/ratio, h/ratio², ... whose error is a
/// series in h^first, h^(first + step), ...: for each n the estimate from the first n + 1 samples.
template <class T>
std::vector<T> richardson(std::span<const T> samples, T ratio, T first, T step) {
  using std::pow;
  std::vector<T> row, estimates;
  for (const T& sample : samples) {
    T entry = sample;
    for (std::size_t j = 0; j <= row.size(); ++j) {
      if (j == row.size()) {
        row.push_back(entry);
        break;
      }
      const T factor = pow(ratio, first + static_cast<T>(j) * step) - 1;
      const T next = entry + (entry - row[j]) / factor;
      row[j] = entry;
      entry = next;
    }
    estimates.push_back(row.back());
  }
  return estimates;
}

}  // namespace mathtool::math
