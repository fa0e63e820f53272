#include "mathtool/stats/distributions/rayleigh.hpp"

#include <numbers>

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"

namespace mathtool::stats {

Rayleigh::Rayleigh(double scale) : scale_(scale) { check_parameters(*this); }

Extended Rayleigh::log_density(Extended x) const {
  return std::log(x / scale_ / scale_) - energy(x);
}

Tails Rayleigh::tails(Extended x) const { return {-std::expm1(-energy(x)), std::exp(-energy(x))}; }

Extended Rayleigh::log_tail(Extended x, Tail tail) const {
  return tail == Tail::upper ? -energy(x) : std::log(energy(x));
}

Extended Rayleigh::quantile(Extended p, Tail tail) const {
  return scale_ * std::sqrt(-2 * (tail == Tail::upper ? std::log(p) : std::log1p(-p)));
}

double Rayleigh::sample(math::Philox& random) const {
  return scale_ * std::sqrt(2 * exponential_variate(random));
}

double Rayleigh::mean() const { return static_cast<double>(scale_ * std::sqrt(pi / 2)); }

Extended Rayleigh::variance() const { return (2 - pi / 2) * scale_ * scale_; }

double Rayleigh::entropy() const {
  return static_cast<double>(1 + std::log(scale_ / std::numbers::sqrt2_v<Extended>) +
                             std::numbers::egamma_v<Extended> / 2);
}

}  // namespace mathtool::stats
