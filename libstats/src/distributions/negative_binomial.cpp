#include "mathtool/stats/distributions/negative_binomial.hpp"

#include <algorithm>

#include "mathtool/stats/variates.hpp"
#include "special/discrete_variates.hpp"
#include "special/incomplete_beta.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {

NegativeBinomial::NegativeBinomial(double r, double p) : r_(r), p_(p) { check_parameters(*this); }

Extended NegativeBinomial::log_density(Extended k) const {
  return log_binomial_weight(r_, k, p_, q()) - std::log1p(k / r_);
}

// P(X ≤ k) = I_p(r, k + 1).
Tails NegativeBinomial::tails(Extended k) const { return beta_tails(r_, k + 1, p_, q()); }

Extended NegativeBinomial::log_tail(Extended k, Tail tail) const {
  return tail == Tail::lower ? log_lower_beta_tail(r_, k + 1, p_, q())
                             : log_lower_beta_tail(k + 1, r_, q(), p_);
}

// A Poisson variate whose mean is itself a gamma variate.
double NegativeBinomial::sample(math::Philox& random) const {
  return poisson_variate(gamma_variate(r_, random) * ((1 - p_) / p_), random);
}

double NegativeBinomial::skewness() const {
  return p_ == 1 ? not_a_number : (2 - p_) / std::sqrt(1 - p_) / std::sqrt(r_);
}

double NegativeBinomial::kurtosis() const {
  return p_ == 1 ? not_a_number : (6 + p_ / (1 - p_) * p_) / r_;
}

// The ratio f(k)/f(k − 1) is above 1 up to (r − 1)(1 − p)/p.
double NegativeBinomial::mode() const {
  return std::max(0.0, static_cast<double>(std::ceil((r_ - Extended(1)) * q() / p_) - 1));
}

double NegativeBinomial::entropy() const {
  // For r < 1 the tail is longer than the standard deviation tells.
  const auto sd = static_cast<double>(std::sqrt(variance()));
  const double width = p_ == 1 ? 0 : std::max(sd, 1 / p_);
  return smooth_entropy([&](Extended k) { return log_density(k); }, support(), mean(), width,
                        skewness());
}

}  // namespace mathtool::stats
