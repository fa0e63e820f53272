#include "mathtool/stats/distributions/bernoulli.hpp"

namespace mathtool::stats {

Bernoulli::Bernoulli(double p) : p_(p) { check_parameters(*this); }

Extended Bernoulli::log_density(Extended k) const {
  const Extended p = p_;
  return k == 1 ? std::log(p) : std::log1p(-p);
}

Tails Bernoulli::tails(Extended) const { return {1 - static_cast<Extended>(p_), p_}; }

Extended Bernoulli::quantile(Extended p, Tail tail) const {
  const auto mass = static_cast<double>(tail == Tail::lower ? 1 - static_cast<Extended>(p_) : p_);
  const auto target = static_cast<double>(p);
  return (tail == Tail::lower ? mass >= target : mass <= target) ? support().low : support().high;
}

double Bernoulli::skewness() const {
  if (variance() == 0) return not_a_number;
  return static_cast<double>((1 - 2 * p_) / std::sqrt(variance()));
}

double Bernoulli::kurtosis() const {
  return variance() == 0 ? not_a_number : static_cast<double>(1 / variance() - 6);
}

double Bernoulli::entropy() const {
  const Extended p = p_;
  return p == 0 || p == 1 ? 0 : static_cast<double>(-p * std::log(p) - (1 - p) * std::log1p(-p));
}

}  // namespace mathtool::stats
