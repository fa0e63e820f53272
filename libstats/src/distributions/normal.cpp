#include "mathtool/stats/distributions/normal.hpp"

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

double Normal::entropy() const {
  return static_cast<double>(log_root_two_pi + 0.5L + std::log(Extended(sd_)));
}

}  // namespace mathtool::stats
