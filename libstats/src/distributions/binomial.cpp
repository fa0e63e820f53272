#include "mathtool/stats/distributions/binomial.hpp"

#include <algorithm>

#include "special/discrete_variates.hpp"
#include "special/incomplete_beta.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {

Binomial::Binomial(double trials, double p) : trials_(trials), p_(p) { check_parameters(*this); }

Extended Binomial::log_density(Extended k) const {
  return log_binomial_weight(k, trials_ - k, p_, q());
}

// P(X > k) = I_p(k + 1, trials − k).
Tails Binomial::tails(Extended k) const {
  const Tails tails = beta_tails(k + 1, trials_ - k, p_, q());
  return {tails.above, tails.below};
}

Extended Binomial::log_tail(Extended k, Tail tail) const {
  return tail == Tail::upper ? log_lower_beta_tail(k + 1, trials_ - k, p_, q())
                             : log_lower_beta_tail(trials_ - k, k + 1, q(), p_);
}

double Binomial::sample(math::Philox& random) const {
  return binomial_variate(trials_, p_, random);
}

double Binomial::skewness() const {
  if (variance() == 0) return not_a_number;
  return static_cast<double>((1 - 2 * p_) / std::sqrt(variance()));
}

double Binomial::kurtosis() const {
  if (variance() == 0) return not_a_number;
  return static_cast<double>((1 - 6 * p_ * (1 - p_)) / variance());
}

// Where (trials + 1) p is whole the number below it is as likely.
double Binomial::mode() const {
  const Extended place = (static_cast<Extended>(trials_) + 1) * p_;
  return std::clamp(static_cast<double>(std::ceil(place)) - 1, 0.0, trials_);
}

double Binomial::entropy() const {
  const auto width = static_cast<double>(std::sqrt(variance()));
  return smooth_entropy([&](Extended k) { return log_density(k); }, support(), mean(), width,
                        skewness());
}

}  // namespace mathtool::stats
