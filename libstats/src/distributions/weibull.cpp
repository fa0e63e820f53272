#include "mathtool/stats/distributions/weibull.hpp"

#include <numbers>

#include "mathtool/stats/variates.hpp"
#include "special/gamma_functions.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

Weibull::Weibull(double shape, double scale) : shape_(shape), scale_(scale) {
  check_parameters(*this);
}

Extended Weibull::log_energy(Extended x) const { return shape_ * log_ratio(x, scale_); }

Extended Weibull::log_density(Extended x) const {
  if (x == 0) return log_density_at_zero(Extended(shape_) - 1, -std::log(Extended(scale_)));
  return std::log(shape_ / x) + log_energy(x) - std::exp(log_energy(x));
}

Tails Weibull::tails(Extended x) const {
  if (x == 0) return {0, 1};
  const Extended energy = std::exp(log_energy(x));
  return {-std::expm1(-energy), std::exp(-energy)};
}

Extended Weibull::log_tail(Extended x, Tail tail) const {
  return tail == Tail::upper ? -std::exp(log_energy(x)) : log_energy(x);
}

Extended Weibull::quantile(Extended p, Tail tail) const {
  const Extended energy = tail == Tail::upper ? -std::log(p) : -std::log1p(-p);
  return scale_ * std::exp(std::log(energy) / shape_);
}

double Weibull::sample(math::Philox& random) const {
  return scale_ * std::pow(exponential_variate(random), 1 / shape_);
}

double Weibull::mean() const {
  return static_cast<double>(scale_ * std::exp(log_gamma_one_plus(1 / Extended(shape_))));
}

// With X/mean = exp(log E/s − log Γ(1 + 1/s)) and E exponential: the trapezoidal rule in log E.
Extended Weibull::relative_moment(int power) const {
  const Extended inverse = 1 / Extended(shape_), shift = log_gamma_one_plus(inverse);
  if (shape_ < 1) {
    // The binomial theorem: the moments grow so fast that nothing cancels.
    Extended sum = power % 2 == 0 ? 1 : -1, binomial = 1;
    for (int k = 1; k <= power; ++k) {
      binomial = binomial * (power + 1 - k) / k;
      const Extended term = binomial * std::exp(log_gamma_one_plus(k * inverse) - k * shift);
      sum += (power - k) % 2 == 0 ? term : -term;
    }
    return sum;
  }
  constexpr Extended step = 0.125L;
  Extended sum = 0;
  for (int i = -400; i <= 60; ++i) {
    const Extended log_energy = i * step;
    sum += std::exp(log_energy - std::exp(log_energy)) *
           std::pow(std::expm1(log_energy * inverse - shift), power);
  }
  return sum * step;
}

Extended Weibull::variance() const {
  const Extended first = scale_ * std::exp(log_gamma_one_plus(1 / Extended(shape_)));
  return first * first * relative_moment(2);
}

double Weibull::skewness() const {
  return static_cast<double>(relative_moment(3) / std::pow(relative_moment(2), 1.5L));
}

double Weibull::kurtosis() const {
  return static_cast<double>(relative_moment(4) / std::pow(relative_moment(2), 2) - 3);
}

double Weibull::mode() const {
  if (shape_ <= 1) return 0;
  return static_cast<double>(scale_ * std::exp(std::log1p(-1 / Extended(shape_)) / shape_));
}

double Weibull::entropy() const {
  const Extended shape = shape_;
  return static_cast<double>(std::numbers::egamma_v<Extended> * (1 - 1 / shape) +
                             std::log(scale_ / shape) + 1);
}

}  // namespace mathtool::stats
