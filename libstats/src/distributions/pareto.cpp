#include "mathtool/stats/distributions/pareto.hpp"

#include "mathtool/stats/variates.hpp"
#include "special/logarithms.hpp"

namespace mathtool::stats {

Pareto::Pareto(double minimum, double shape) : minimum_(minimum), shape_(shape) {
  check_parameters(*this);
}

Extended Pareto::log_density(Extended x) const {
  return std::log(shape_ / x) - shape_ * log_ratio(x, minimum_);
}

Tails Pareto::tails(Extended x) const {
  const Extended log_survival = -shape_ * log_ratio(x, minimum_);
  return {-std::expm1(log_survival), std::exp(log_survival)};
}

Extended Pareto::log_tail(Extended x, Tail tail) const {
  const Extended hazard = shape_ * log_ratio(x, minimum_);
  return tail == Tail::upper ? -hazard : std::log(hazard);
}

Extended Pareto::quantile(Extended p, Tail tail) const {
  return minimum_ * std::exp((tail == Tail::upper ? -std::log(p) : -std::log1p(-p)) / shape_);
}

double Pareto::sample(math::Philox& random) const {
  return minimum_ * std::exp(exponential_variate(random) / shape_);
}

double Pareto::mean() const {
  if (shape_ <= 1) return infinity;
  return static_cast<double>(minimum_ * (shape_ / (Extended(shape_) - 1)));
}

Extended Pareto::variance() const {
  if (shape_ <= 2) return infinity;
  const Extended a = shape_, relative = minimum_ / (a - 1);
  return relative * relative * (a / (a - 2));
}

double Pareto::skewness() const {
  const Extended a = shape_;
  if (a <= 3) return a > 2 ? infinity : not_a_number;
  return static_cast<double>(2 * (1 + a) / (a - 3) * std::sqrt(1 - 2 / a));
}

double Pareto::kurtosis() const {
  const Extended a = shape_;
  if (a <= 4) return a > 2 ? infinity : not_a_number;
  return static_cast<double>(6 * (a * a * a + a * a - 6 * a - 2) / (a * (a - 3) * (a - 4)));
}

double Pareto::entropy() const {
  const Extended scale = minimum_ / Extended(shape_);
  return static_cast<double>(std::log(scale) + 1 / Extended(shape_) + 1);
}

}  // namespace mathtool::stats
