#include "mathtool/stats/distributions/normal.hpp"

#include "arrays/closed_forms.hpp"
#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {

Normal::Normal(double mean, double sd) : mean_(mean), sd_(sd) { check_parameters(*this); }

Extended Normal::log_density(Extended x) const {
  return -z(x) * z(x) / 2 - log_root_two_pi - std::log(Extended(sd_));
}

Tails Normal::tails(Extended x) const { return normal_tails(z(x)); }

Extended Normal::log_tail(Extended x, Tail tail) const { return log_normal_tail(z(x), tail); }

Extended Normal::quantile(Extended p, Tail tail) const {
  return mean_ + sd_ * normal_point(p, tail);
}

bool Normal::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  normal_array(verb, {mean_, sd_}, x, out);
  return true;
}

double Normal::sample(math::Philox& random) const { return mean_ + sd_ * normal_variate(random); }

void Normal::sample(math::Philox& random, std::span<double> out) const {
  normal_variates(random, out);
  for (double& x : out) x = mean_ + sd_ * x;
}

double Normal::entropy() const {
  return static_cast<double>(log_root_two_pi + 0.5L + std::log(Extended(sd_)));
}

}  // namespace mathtool::stats
