#include "mathtool/stats/distributions/noncentral_beta.hpp"

#include "special/discrete_variates.hpp"
#include "special/gamma_ratio_variate.hpp"
#include "special/incomplete_beta.hpp"
#include "special/logarithms.hpp"
#include "special/poisson_mixture.hpp"

namespace mathtool::stats {

NoncentralBeta::NoncentralBeta(double a, double b, double nc) : a_(a), b_(b), nc_(nc) {
  check_parameters(*this);
}

Extended NoncentralBeta::log_density(Extended x) const {
  const Extended a = a_, b = b_, mean = Extended(nc_) / 2;
  if (x == 0) return log_density_at_zero(a - 1, std::log(b) - mean);
  if (x == 1) return log_density_at_zero(b - 1, std::log(a + mean));
  return log_poisson_mixture(mean,
                             [&](Extended j) { return log_beta_weight(a + j, b, x, 1 - x); }) -
         std::log(x) - std::log1p(-x);
}

Tails NoncentralBeta::tails(Extended x) const {
  if (x == 0) return {0, 1};
  const Extended a = a_, b = b_, mean = Extended(nc_) / 2;
  return poisson_mixture_tails(
      mean, [&](Extended j, Tail tail) { return log_beta_tail(a + j, b, x, 1 - x, tail); },
      x * b < (1 - x) * (a + mean));
}

Extended NoncentralBeta::log_tail(Extended x, Tail tail) const {
  return log_poisson_mixture(Extended(nc_) / 2,
                             [&](Extended j) { return log_beta_tail(a_ + j, b_, x, 1 - x, tail); });
}

double NoncentralBeta::sample(math::Philox& random) const {
  const double j = nc_ > 0 ? poisson_variate(nc_ / 2, random) : 0;
  return 1 / (1 + gamma_ratio_variate(b_, a_ + j, random));
}

}  // namespace mathtool::stats
