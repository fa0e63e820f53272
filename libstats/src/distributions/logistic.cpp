#include "mathtool/stats/distributions/logistic.hpp"

#include <numbers>
#include "arrays/closed_forms.hpp"

namespace mathtool::stats {

Logistic::Logistic(double location, double scale) : location_(location), scale_(scale) {
  check_parameters(*this);
}

Extended Logistic::log_density(Extended x) const {
  const Extended distance = std::abs(z(x));
  return -distance - 2 * std::log1p(std::exp(-distance)) - std::log(Extended(scale_));
}

Tails Logistic::tails(Extended x) const {
  const Extended odds = std::exp(-std::abs(z(x)));
  const Extended small = odds / (1 + odds), large = 1 / (1 + odds);
  return z(x) < 0 ? Tails{small, large} : Tails{large, small};
}

Extended Logistic::log_tail(Extended x, Tail) const { return -std::abs(z(x)); }

Extended Logistic::quantile(Extended p, Tail tail) const {
  const Extended log_odds = std::log(p) - std::log1p(-p);
  return location_ + scale_ * (tail == Tail::lower ? log_odds : -log_odds);
}

bool Logistic::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  logistic_array(verb, {location_, scale_}, x, out);
  return true;
}

double Logistic::sample(math::Philox& random) const {
  const double u = math::uniform(random);
  return location_ + scale_ * std::log(u / (1 - u));
}

Extended Logistic::variance() const {
  const Extended sd = scale_ * std::numbers::pi_v<Extended>;
  return sd * sd / 3;
}

}  // namespace mathtool::stats
