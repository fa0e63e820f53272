#include "mathtool/stats/distributions/cauchy.hpp"

#include "special/constants.hpp"

#include <algorithm>
#include <numbers>

namespace mathtool::stats {

Cauchy::Cauchy(double location, double scale) : location_(location), scale_(scale) {
  check_parameters(*this);
}

Extended Cauchy::log_density(Extended x) const {
  return -std::log(pi * scale_) - std::log1p(z(x) * z(x));
}

Tails Cauchy::tails(Extended x) const {
  const Extended small = std::atan2(Extended(1), std::abs(z(x))) / pi;
  return z(x) < 0 ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended Cauchy::quantile(Extended p, Tail tail) const {
  const Extended small = std::min(p, 1 - p);
  const Extended distance =
      small < 0.25L ? 1 / std::tan(pi * small) : std::tan(pi * (0.5L - small));
  const bool left = (tail == Tail::lower) == (p < 0.5L);
  return location_ + scale_ * (left ? -distance : distance);
}

double Cauchy::sample(math::Philox& random) const {
  return location_ + scale_ * std::tan(std::numbers::pi * (math::uniform(random) - 0.5));
}

double Cauchy::entropy() const { return static_cast<double>(std::log(4 * pi * scale_)); }

}  // namespace mathtool::stats
