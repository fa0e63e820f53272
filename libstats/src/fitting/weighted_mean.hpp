#pragma once

#include <cstddef>

#include "mathtool/stats/frequency_table.hpp"

namespace mathtool::stats {

/// Σ term(i) over first ≤ i < last, by halves: rounding errors grow with the logarithm of their
/// number. Pre: first < last.
template <class Term>
auto sum_by_halves(std::size_t first, std::size_t last, const Term& term) {
  if (last - first <= 32) {
    auto sum = term(first);
    for (std::size_t i = first + 1; i < last; ++i) sum = sum + term(i);
    return sum;
  }
  const std::size_t middle = first + (last - first) / 2;
  return sum_by_halves(first, middle, term) + sum_by_halves(middle, last, term);
}

/// Mean of f over a sample, of numbers of any kind. Pre: it is not empty.
template <class F>
auto weighted_mean(const FrequencyTable& sample, const F& f) {
  return sum_by_halves(0, sample.size(), [&](std::size_t i) {
    return (sample.frequencies[i] / sample.total) * f(sample.values[i]);
  });
}

/// The same of doubles, in numbers that leave no trace of the summation.
template <class F>
double mean_of(const FrequencyTable& sample, const F& f) {
  return static_cast<double>(
      weighted_mean(sample, [&](double x) { return static_cast<long double>(f(x)); }));
}

}  // namespace mathtool::stats
