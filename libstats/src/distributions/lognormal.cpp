#include "mathtool/stats/distributions/lognormal.hpp"

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/logarithms.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {

Lognormal::Lognormal(double mu, double sigma) : mu_(mu), sigma_(sigma) { check_parameters(*this); }

Extended Lognormal::log_density(Extended x) const {
  if (x == 0) return -infinity;
  return -z(x) * z(x) / 2 - log_root_two_pi - std::log(x) - std::log(Extended(sigma_));
}

Tails Lognormal::tails(Extended x) const { return normal_tails(z(x)); }

Extended Lognormal::log_tail(Extended x, Tail tail) const { return log_normal_tail(z(x), tail); }

Extended Lognormal::quantile(Extended p, Tail tail) const {
  return std::exp(mu_ + sigma_ * normal_point(p, tail));
}

double Lognormal::sample(math::Philox& random) const {
  return std::exp(mu_ + sigma_ * normal_variate(random));
}

double Lognormal::mean() const {
  return static_cast<double>(std::exp(mu_ + Extended(sigma_) * sigma_ / 2));
}

Extended Lognormal::variance() const {
  const Extended square = Extended(sigma_) * sigma_;
  return std::expm1(square) * std::exp(2 * mu_ + square);
}

double Lognormal::skewness() const {
  const Extended square = Extended(sigma_) * sigma_;
  return static_cast<double>((std::exp(square) + 2) * std::sqrt(std::expm1(square)));
}

double Lognormal::kurtosis() const {
  const Extended square = Extended(sigma_) * sigma_;
  return static_cast<double>(std::expm1(4 * square) + 2 * std::expm1(3 * square) +
                             3 * std::expm1(2 * square));
}

double Lognormal::mode() const {
  return static_cast<double>(std::exp(mu_ - Extended(sigma_) * sigma_));
}

double Lognormal::entropy() const {
  return static_cast<double>(mu_ + 0.5L + log_root_two_pi + std::log(Extended(sigma_)));
}

}  // namespace mathtool::stats
