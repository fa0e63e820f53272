#include "mathtool/stats/distributions/exponential.hpp"

#include "arrays/closed_forms.hpp"
#include "mathtool/stats/variates.hpp"

namespace mathtool::stats {

Exponential::Exponential(double rate) : rate_(rate) { check_parameters(*this); }

Extended Exponential::log_density(Extended x) const {
  return std::log(Extended(rate_)) - rate_ * x;
}

Tails Exponential::tails(Extended x) const {
  return {-std::expm1(-rate_ * x), std::exp(-rate_ * x)};
}

Extended Exponential::log_tail(Extended x, Tail tail) const {
  return tail == Tail::upper ? -rate_ * x : std::log(rate_ * x);
}

Extended Exponential::quantile(Extended p, Tail tail) const {
  return (tail == Tail::upper ? -std::log(p) : -std::log1p(-p)) / rate_;
}

bool Exponential::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  exponential_array(verb, rate_, x, out);
  return true;
}

double Exponential::sample(math::Philox& random) const {
  return exponential_variate(random) / rate_;
}

void Exponential::sample(math::Philox& random, std::span<double> out) const {
  exponential_variates(random, out);
  for (double& x : out) x /= rate_;
}

void Exponential::sample_sums(math::Philox& random, std::size_t n, std::span<double> out) const {
  exponential_sums(random, n, out);
  for (double& x : out) x /= rate_;
}

}  // namespace mathtool::stats
