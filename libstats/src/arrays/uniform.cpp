#include <algorithm>
#include <cmath>

#include "arrays/closed_forms.hpp"
#include "arrays/elementwise.hpp"

namespace mathtool::stats {
namespace {

using namespace math::kernels;

/// What share of the way from `low` an x lies, on the interval.
MATHTOOL_KERNEL double share(double x, double low, double high) {
  const double value = (x - low) / (high - low);
  return std::min(std::max(value, 0.0), 1.0);
}

/// Its logarithm.
MATHTOOL_KERNEL double log_share(double x, double low, double high) {
  const double below = log(share(x, low, high)), above = log1p(-share(-x, -high, -low));
  return x - low < high - x ? below : above;
}

}  // namespace

MATHTOOL_MULTIVERSION
void uniform_array(Verb verb, double low, double high, std::span<const double> x,
                   std::span<double> out) {
  const double width = high - low, height = 1 / width, log_height = -std::log(width);
  switch (verb) {
    case Verb::pdf: MATHTOOL_ELEMENTWISE(v >= low && v <= high ? height : v == v ? 0.0 : v) return;
    case Verb::log_pdf:
      MATHTOOL_ELEMENTWISE(v >= low && v <= high ? log_height : v == v ? -infinity : v)
      return;
    case Verb::cdf: MATHTOOL_ELEMENTWISE(v == v ? share(v, low, high) : v) return;
    case Verb::survival: MATHTOOL_ELEMENTWISE(v == v ? share(-v, -high, -low) : v) return;
    case Verb::log_cdf: MATHTOOL_ELEMENTWISE(v == v ? log_share(v, low, high) : v) return;
    case Verb::log_survival: MATHTOOL_ELEMENTWISE(v == v ? log_share(-v, -high, -low) : v) return;
    case Verb::quantile:
      MATHTOOL_ELEMENTWISE(v >= 0 && v <= 1 ? std::min(low + v * width, high) : not_a_number)
      return;
    case Verb::quantile_survival:
      MATHTOOL_ELEMENTWISE(v >= 0 && v <= 1 ? std::max(high - v * width, low) : not_a_number)
      return;
  }
}

}  // namespace mathtool::stats
