#include "mathtool/stats/sample_median.hpp"

#include "hypothesis/order_statistics.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats {

double sample_median(std::span<const double> x) {
  if (x.empty()) return not_a_number;
  const std::vector<double> ordered = sorted(x);
  const std::size_t half = x.size() / 2;
  // Halves are added: the sum of two large values could leave the range of doubles.
  return x.size() % 2 == 1 ? ordered[half] : ordered[half - 1] / 2 + ordered[half] / 2;
}

}  // namespace mathtool::stats
