#include "mathtool/stats/distributions/inverse_gamma.hpp"

#include "mathtool/stats/variates.hpp"
#include "special/gamma_functions.hpp"
#include "special/incomplete_gamma.hpp"

namespace mathtool::stats {

InverseGamma::InverseGamma(double shape, double scale) : shape_(shape), scale_(scale) {
  check_parameters(*this);
}

Extended InverseGamma::log_density(Extended x) const {
  if (x == 0) return -infinity;
  return log_gamma_weight(shape_, scale_ / x) + std::log(shape_ / x);
}

Tails InverseGamma::tails(Extended x) const {
  if (x == 0) return {0, 1};
  const Tails reciprocal = gamma_tails(shape_, scale_ / x);
  return {reciprocal.above, reciprocal.below};
}

Extended InverseGamma::log_tail(Extended x, Tail tail) const {
  return log_gamma_tail(shape_, scale_ / x, tail == Tail::lower ? Tail::upper : Tail::lower);
}

double InverseGamma::sample(math::Philox& random) const {
  return scale_ / gamma_variate(shape_, random);
}

double InverseGamma::mean() const {
  return shape_ > 1 ? static_cast<double>(scale_ / (Extended(shape_) - 1)) : infinity;
}

Extended InverseGamma::variance() const {
  if (shape_ <= 2) return infinity;
  const Extended a = shape_, mean = scale_ / (a - 1);
  return mean * mean / (a - 2);
}

double InverseGamma::skewness() const {
  const Extended a = shape_;
  if (a <= 3) return a > 2 ? infinity : not_a_number;
  return static_cast<double>(4 * std::sqrt(a - 2) / (a - 3));
}

double InverseGamma::kurtosis() const {
  const Extended a = shape_;
  if (a <= 4) return a > 2 ? infinity : not_a_number;
  return static_cast<double>(6 * (5 * a - 11) / ((a - 3) * (a - 4)));
}

double InverseGamma::mode() const { return static_cast<double>(scale_ / (Extended(shape_) + 1)); }

// E log X = log scale − ψ(shape) adds twice itself to the entropy of the gamma variable.
double InverseGamma::entropy() const {
  return static_cast<double>(gamma_entropy(shape_) + std::log(Extended(scale_)) -
                             2 * digamma(shape_));
}

}  // namespace mathtool::stats
