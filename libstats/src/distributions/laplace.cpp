#include "mathtool/stats/distributions/laplace.hpp"

#include <algorithm>
#include <numbers>

#include "mathtool/stats/variates.hpp"

namespace mathtool::stats {

constexpr Extended log_two = std::numbers::ln2_v<Extended>;

Laplace::Laplace(double location, double scale) : location_(location), scale_(scale) {
  check_parameters(*this);
}

Extended Laplace::log_density(Extended x) const {
  return -std::abs(z(x)) - log_two - std::log(Extended(scale_));
}

Tails Laplace::tails(Extended x) const {
  const Extended small = std::exp(-std::abs(z(x))) / 2;
  return z(x) < 0 ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended Laplace::log_tail(Extended x, Tail) const { return -std::abs(z(x)) - log_two; }

Extended Laplace::quantile(Extended p, Tail tail) const {
  const Extended distance = -std::log(2 * std::min(p, 1 - p));
  const bool left = (tail == Tail::lower) == (p < 0.5L);
  return location_ + scale_ * (left ? -distance : distance);
}

double Laplace::sample(math::Philox& random) const {
  const double distance = scale_ * exponential_variate(random);
  return random() & 1 ? location_ + distance : location_ - distance;
}

double Laplace::entropy() const {
  return static_cast<double>(1 + log_two + std::log(Extended(scale_)));
}

}  // namespace mathtool::stats
