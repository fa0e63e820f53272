#pragma once

#include <concepts>
#include <cstdint>

namespace mathtool::stats {

/// A streaming statistic: a value that takes samples one by one and merges with another of its
/// kind, so that threads, files and processes can share a table. Laws, checked by tests/laws: a
/// default A is the neutral element of `merge`; merging equals having seen the other's samples; a
/// shift of all samples by 1e8 costs no digits that the rounding of the shifted samples did not.
template <class A>
concept Accumulator = std::semiregular<A> &&
    requires(A a, const A& other, const typename A::Sample& x) {
  a.push(x);
  a.merge(other);
  { other.count() } -> std::same_as<std::int64_t>;
};

/// Folds a range into an accumulator: `accumulate<Moments>(x).variance()`.
template <Accumulator A, class Range>
A accumulate(const Range& samples, A start = {}) {
  for (const auto& x : samples) start.push(x);
  return start;
}

}  // namespace mathtool::stats
