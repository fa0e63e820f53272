#include "mathtool/stats/distributions/arcsine.hpp"

#include "special/constants.hpp"

#include <algorithm>
#include <numbers>

namespace mathtool::stats {

Arcsine::Arcsine(double low, double high) : low_(low), high_(high) {
  check_parameters(*this);
  require(low < high, "{}: low must be below high, got {} and {}", name, low, high);
}

Extended Arcsine::log_density(Extended x) const {
  return -std::log(pi) - (std::log(x - low_) + std::log(high_ - x)) / 2;
}

Tails Arcsine::tails(Extended x) const {
  const Extended left = x - low_, right = high_ - x;
  const Extended small = 2 / pi * std::asin(std::sqrt(std::min(left, right) / width()));
  return left < right ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended Arcsine::quantile(Extended p, Tail tail) const {
  const Extended root = std::sin(pi / 2 * std::min(p, 1 - p)), distance = width() * root * root;
  return (tail == Tail::lower) == (p < 0.5L) ? low_ + distance : high_ - distance;
}

double Arcsine::sample(math::Philox& random) const {
  const double root = std::sin(std::numbers::pi / 2 * math::uniform(random));
  return std::lerp(low_, high_, root * root);
}

Extended Arcsine::variance() const { return width() * width() / 8; }

double Arcsine::entropy() const { return static_cast<double>(std::log(pi * width() / 4)); }

}  // namespace mathtool::stats
