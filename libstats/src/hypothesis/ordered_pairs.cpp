#include "ordered_pairs.hpp"

#include <bit>
#include <cmath>

#include "mathtool/math/function_ref.hpp"
#include "ordered_key.hpp"

namespace mathtool::stats {
namespace {

/// The least double v between low and high with count(v) > k, by halving the doubles between them.
double least_with_more(FunctionRef<std::int64_t(double)> count, double low, double high,
                       std::int64_t k) {
  std::uint64_t a = ordered_key(low), b = ordered_key(high);
  while (a < b) {
    const std::uint64_t middle = a + (b - a) / 2;
    if (count(from_ordered_key(middle)) > k)
      b = middle;
    else
      a = middle + 1;
  }
  return from_ordered_key(b) + 0.0;  // −0 is 0
}

}  // namespace

double ordered_difference(std::span<const double> x, std::span<const double> y, std::int64_t k) {
  const auto count = [&](double v) {
    // Differences ≤ v: as x rises, fewer y are small enough.
    std::int64_t total = 0;
    std::size_t first = 0;  // the first y with x − y ≤ v
    for (const double each : x) {
      while (first < y.size() && each - y[first] > v) ++first;
      total += static_cast<std::int64_t>(y.size() - first);
    }
    return total;
  };
  return least_with_more(count, x.front() - y.back(), x.back() - y.front(), k);
}

double ordered_average(std::span<const double> x, std::int64_t k) {
  const auto count = [&](double v) {
    std::int64_t total = 0;
    std::size_t end = x.size();  // behind the last partner of x[i] with an average ≤ v
    for (std::size_t i = 0; i < x.size(); ++i) {
      while (end > 0 && (x[i] + x[end - 1]) / 2 > v) --end;
      if (end > i) total += static_cast<std::int64_t>(end - i);
    }
    return total;
  };
  return least_with_more(count, x.front(), x.back(), k);
}

}  // namespace mathtool::stats
