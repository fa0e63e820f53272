#include "mathtool/stats/distributions/uniform.hpp"

#include "arrays/closed_forms.hpp"

namespace mathtool::stats {

Uniform::Uniform(double low, double high) : low_(low), high_(high) {
  check_parameters(*this);
  require(low < high, "{}: low must be below high, got {} and {}", name, low, high);
}

Extended Uniform::log_density(Extended) const { return -std::log(width()); }

Tails Uniform::tails(Extended x) const { return {(x - low_) / width(), (high_ - x) / width()}; }

Extended Uniform::quantile(Extended p, Tail tail) const {
  return tail == Tail::lower ? low_ + p * width() : high_ - p * width();
}

bool Uniform::closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
  uniform_array(verb, low_, high_, x, out);
  return true;
}

double Uniform::sample(math::Philox& random) const { return at_share(math::uniform(random)); }

void Uniform::sample(math::Philox& random, std::span<double> out) const {
  math::uniform(random, out);
  for (double& x : out) x = at_share(x);
}

Extended Uniform::variance() const { return width() * width() / 12; }

}  // namespace mathtool::stats
