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

double NoncentralBeta::mean() const {
  const Extended a = a_, b = b_;
  return static_cast<double>(
      poisson_expectation(Extended(nc_) / 2, [&](Extended j) { return (a + j) / (a + b + j); }));
}

// Of the components about their means, and of these about the mean of all, as a distance from that
// end of [0, 1] which is near.
Extended NoncentralBeta::central_moment(int power) const {
  const Extended a = a_, b = b_, poisson_mean = Extended(nc_) / 2;
  const bool near_one = a + poisson_mean > b;
  const auto distance = [&](Extended j) { return (near_one ? b : a + j) / (a + b + j); };
  const Extended centre = poisson_expectation(poisson_mean, distance);
  return poisson_expectation(poisson_mean, [&](Extended j) {
    const Extended s = a + b + j, p = (a + j) / s, q = b / s;
    const Extended second = p * q / (s + 1), third = 2 * second * (q - p) / (s + 2);
    const Extended d = near_one ? centre - distance(j) : distance(j) - centre;
    if (power == 2) return second + d * d;
    if (power == 3) return third + d * (3 * second + d * d);
    const Extended fourth = 3 * second * (p * q * (s - 6) + 2) / ((s + 2) * (s + 3));
    return fourth + d * (4 * third + d * (6 * second + d * d));
  });
}

double NoncentralBeta::skewness() const {
  return static_cast<double>(central_moment(3) / std::pow(central_moment(2), 1.5L));
}

double NoncentralBeta::kurtosis() const {
  const Extended variance = central_moment(2);
  return static_cast<double>(central_moment(4) / (variance * variance) - 3);
}

}  // namespace mathtool::stats
