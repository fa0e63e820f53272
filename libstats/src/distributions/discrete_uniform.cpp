#include "mathtool/stats/distributions/discrete_uniform.hpp"

#include <algorithm>

namespace mathtool::stats {

DiscreteUniform::DiscreteUniform(double low, double high) : low_(low), high_(high) {
  check_parameters(*this);
  require(low <= high, "{}: low must be at most high, got {} and {}", name, low, high);
}

Extended DiscreteUniform::log_density(Extended) const { return -std::log(count()); }

Tails DiscreteUniform::tails(Extended k) const {
  return {(k - low_ + 1) / count(), (high_ - k) / count()};
}

Extended DiscreteUniform::quantile(Extended p, Tail tail) const {
  // Rounded to a double, so that quantile(cdf(k)) is k.
  const auto target = static_cast<double>(p);
  const auto reached = [&](Extended k) {
    const auto mass = static_cast<double>(tails(k)[tail]);
    return tail == Tail::lower ? mass >= target : mass <= target;
  };
  const Extended steps = tail == Tail::lower ? p * count() - 1 : (1 - p) * count() - 1;
  Extended k = std::clamp<Extended>(low_ + std::ceil(steps), low_, high_);
  for (int i = 0; i < 4 && k > low_ && reached(k - 1); ++i) --k;
  for (int i = 0; i < 4 && k < high_ && !reached(k); ++i) ++k;
  return k;
}

double DiscreteUniform::sample(math::Philox& random) const {
  const auto index = math::uniform_index(random, static_cast<std::uint64_t>(count()));
  return static_cast<double>(static_cast<std::int64_t>(low_) + static_cast<std::int64_t>(index));
}

Extended DiscreteUniform::variance() const { return (count() - 1) * (count() + 1) / 12; }

double DiscreteUniform::kurtosis() const {
  if (low_ == high_) return not_a_number;
  const Extended square = count() * count();
  return static_cast<double>(-1.2L * (square + 1) / (square - 1));
}

double DiscreteUniform::entropy() const { return static_cast<double>(std::log(count())); }

}  // namespace mathtool::stats
