#include "mathtool/stats/distributions/uniform.hpp"

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

double Uniform::sample(math::Philox& random) const {
  return std::lerp(low_, high_, math::uniform(random));
}

double Uniform::variance() const { return static_cast<double>(width() * width() / 12); }

}  // namespace mathtool::stats
