#include "kendall_test.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "p_values.hpp"

namespace mathtool::stats {

double kendall_exact_p_value(double n, double discordant) {
  const double pairs = n * (n - 1) / 2;
  const auto least = static_cast<std::size_t>(std::min(discordant, pairs - discordant));
  // Chances of k ≤ least inversions: a new last row adds 0 to m − 1 of them, each as likely.
  std::vector<double> chances(least + 1, 0.0), next(least + 1);
  chances[0] = 1.0;
  for (std::size_t m = 2; m <= static_cast<std::size_t>(n); ++m) {
    for (std::size_t k = 0; k <= least; ++k) {
      double sum = 0.0;
      for (std::size_t added = 0; added < m && added <= k; ++added) sum += chances[k - added];
      next[k] = sum / static_cast<double>(m);
    }
    chances.swap(next);
  }
  double tail = 0.0;
  for (const double chance : chances) tail += chance;
  return std::min(1.0, 2 * tail);
}

double kendall_normal_p_value(double n, double difference, const TieSums& x, const TieSums& y) {
  const double pairs = n * (n - 1);
  const double variance = (pairs * (2 * n + 5) - x.variance - y.variance) / 18 +
                          x.pairs * y.pairs / (2 * pairs) +
                          x.triples * y.triples / (9 * pairs * (n - 2));
  return normal_p_value(difference / std::sqrt(variance));
}

}  // namespace mathtool::stats
