#include "mathtool/stats/distributions/poisson.hpp"

#include "special/discrete_variates.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {

Poisson::Poisson(double mean) : mean_(mean) { check_parameters(*this); }

Extended Poisson::log_density(Extended k) const {
  return k == 0 ? -static_cast<Extended>(mean_) : log_gamma_weight(k, mean_);
}

// P(X > k) = P(k + 1, mean).
Tails Poisson::tails(Extended k) const {
  const Tails tails = gamma_tails(k + 1, mean_);
  return {tails.above, tails.below};
}

Extended Poisson::log_tail(Extended k, Tail tail) const {
  return log_gamma_tail(k + 1, mean_, tail == Tail::lower ? Tail::upper : Tail::lower);
}

double Poisson::sample(math::Philox& random) const { return poisson_variate(mean_, random); }

// Of a whole mean the one below it is as likely.
double Poisson::mode() const { return mean_ < 1 ? 0 : std::ceil(mean_) - 1; }

double Poisson::entropy() const {
  return smooth_entropy([&](Extended k) { return log_density(k); }, support(), mean_,
                        std::sqrt(mean_), skewness());
}

}  // namespace mathtool::stats
