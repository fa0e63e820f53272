#include "mathtool/stats/distributions/geometric.hpp"

#include <algorithm>

#include "mathtool/stats/variates.hpp"

namespace mathtool::stats {

Geometric::Geometric(double p) : p_(p) { check_parameters(*this); }

Extended Geometric::log_density(Extended k) const {
  return std::log(static_cast<Extended>(p_)) + (k == 0 ? 0 : k * log_failure());
}

Tails Geometric::tails(Extended k) const {
  const Extended exponent = (k + 1) * log_failure();
  return {-std::expm1(exponent), std::exp(exponent)};
}

Extended Geometric::log_tail(Extended k, Tail tail) const {
  const Extended exponent = (k + 1) * log_failure();
  return tail == Tail::upper ? exponent : std::log(-std::expm1(exponent));
}

Extended Geometric::quantile(Extended p, Tail tail) const {
  if (p_ == 1) return 0;
  // Rounded to a double, so that quantile(cdf(k)) is k.
  const auto target = static_cast<double>(p);
  const auto reached = [&](Extended k) {
    const auto mass = static_cast<double>(tails(k)[tail]);
    return tail == Tail::lower ? mass >= target : mass <= target;
  };
  const Extended exponent = tail == Tail::lower ? std::log1p(-p) : std::log(p);
  Extended k = std::max(0.0L, std::ceil(exponent / log_failure()) - 1);
  if (k > 0x1p53L) return k;
  while (k > 0 && reached(k - 1)) --k;
  while (!reached(k)) ++k;
  return k;
}

double Geometric::sample(math::Philox& random) const {
  return p_ == 1 ? 0 : std::floor(exponential_variate(random) / -std::log1p(-p_));
}

double Geometric::skewness() const { return p_ == 1 ? not_a_number : (2 - p_) / std::sqrt(1 - p_); }

double Geometric::kurtosis() const { return p_ == 1 ? not_a_number : 6 + p_ / (1 - p_) * p_; }

double Geometric::entropy() const {
  if (p_ == 1) return 0;
  const Extended p = p_;
  return static_cast<double>(-std::log(p) - (1 - p) / p * log_failure());
}

}  // namespace mathtool::stats
