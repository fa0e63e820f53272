#include "mathtool/stats/distributions/hypergeometric.hpp"

#include <algorithm>

#include "special/discrete_variates.hpp"
#include "special/hypergeometric_tails.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {

Hypergeometric::Hypergeometric(double population, double successes, double draws)
    : population_(population), successes_(successes), draws_(draws) {
  check_parameters(*this);
  require(successes <= population, "{}: successes must be at most the population of {}, got {}",
          name, population, successes);
  require(draws <= population, "{}: draws must be at most the population of {}, got {}", name,
          population, draws);
}

Interval Hypergeometric::support() const {
  return {std::max(0.0, draws_ - (population_ - successes_)), std::min(draws_, successes_)};
}

Extended Hypergeometric::log_density(Extended k) const {
  return log_urn_mass({population_, successes_, draws_}, k);
}

Tails Hypergeometric::tails(Extended k) const {
  return urn_tails({population_, successes_, draws_}, k);
}

Extended Hypergeometric::log_tail(Extended k, Tail tail) const {
  return log_urn_tail({population_, successes_, draws_}, k, tail);
}

double Hypergeometric::sample(math::Philox& random) const {
  return hypergeometric_variate(population_, successes_, draws_, random);
}

double Hypergeometric::mean() const {
  return population_ == 0 ? 0 : static_cast<double>(Extended(draws_) * successes_ / population_);
}

Extended Hypergeometric::variance() const {
  if (population_ <= 1) return 0;
  const Extended n = population_, share = successes_ / n;
  return draws_ * share * ((n - successes_) / n) * ((n - draws_) / (n - 1));
}

double Hypergeometric::skewness() const {
  if (variance() == 0) return not_a_number;
  if (population_ == 2) return 0;
  const Extended n = population_;
  return static_cast<double>((n - 2 * Extended(successes_)) / n *
                             ((n - 2 * Extended(draws_)) / (n - 2)) / std::sqrt(variance()));
}

double Hypergeometric::kurtosis() const {
  if (variance() == 0) return not_a_number;
  if (population_ <= 3) return static_cast<double>(1 / variance() - 6);  // a variable of two values
  const Extended n = population_, k = successes_, m = draws_;
  const Extended spread = n * (n + 1) - 6 * k * (n - k) - 6 * m * (n - m);
  return static_cast<double>((spread / variance() + 6 * (5 * n - 6)) / (n - 2) / (n - 3));
}

double Hypergeometric::mode() const {
  const Extended place =
      (Extended(draws_) + 1) * ((Extended(successes_) + 1) / (Extended(population_) + 2));
  return std::clamp(static_cast<double>(std::ceil(place)) - 1, support().low, support().high);
}

double Hypergeometric::entropy() const {
  const auto width = static_cast<double>(std::sqrt(variance()));
  return smooth_entropy([&](Extended k) { return log_density(k); }, support(), mean(), width,
                        skewness());
}

}  // namespace mathtool::stats
