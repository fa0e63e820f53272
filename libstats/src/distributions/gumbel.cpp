#include "mathtool/stats/distributions/gumbel.hpp"

#include <numbers>

#include "mathtool/stats/variates.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

constexpr Extended euler_gamma = std::numbers::egamma_v<Extended>;

Gumbel::Gumbel(double location, double scale) : location_(location), scale_(scale) {
  check_parameters(*this);
}

Extended Gumbel::log_density(Extended x) const {
  return -z(x) - std::exp(-z(x)) - std::log(Extended(scale_));
}

Tails Gumbel::tails(Extended x) const {
  const Extended rate = std::exp(-z(x));
  return {std::exp(-rate), -std::expm1(-rate)};
}

Extended Gumbel::log_tail(Extended x, Tail tail) const {
  return tail == Tail::lower ? -std::exp(-z(x)) : -z(x);
}

Extended Gumbel::quantile(Extended p, Tail tail) const {
  return location_ - scale_ * std::log(-log_remainder(p, tail));
}

double Gumbel::sample(math::Philox& random) const {
  return location_ - scale_ * std::log(exponential_variate(random));
}

double Gumbel::mean() const { return static_cast<double>(location_ + euler_gamma * scale_); }

Extended Gumbel::variance() const {
  const Extended sd = scale_ * std::numbers::pi_v<Extended>;
  return sd * sd / 6;
}

double Gumbel::entropy() const {
  return static_cast<double>(std::log(Extended(scale_)) + euler_gamma + 1);
}

}  // namespace mathtool::stats
