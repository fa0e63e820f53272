#include "mathtool/stats/distributions/triangular.hpp"

#include <numbers>

namespace mathtool::stats {

Triangular::Triangular(double low, double mode, double high) : low_(low), mode_(mode), high_(high) {
  check_parameters(*this);
  require(low <= mode && mode <= high && low < high,
          "{}: low <= mode <= high and low < high must hold, got {}, {} and {}", name, low, mode,
          high);
}

Extended Triangular::log_density(Extended x) const {
  const Extended height = x == mode_ ? 1 : x < mode_ ? (x - low_) / rise() : (high_ - x) / fall();
  return std::log(2 * height / width());
}

// Beyond the mode 1 minus the other tail, without the subtraction.
Tails Triangular::tails(Extended x) const {
  if (x < mode_) {
    const Extended t = x - low_, s = mode_ - x;
    return {t / width() * (t / rise()), (fall() + s * (2 - s / rise())) / width()};
  }
  const Extended t = x - mode_, s = high_ - x;
  return {(rise() + t * (2 - t / fall())) / width(), s > 0 ? s / width() * (s / fall()) : 0};
}

Extended Triangular::quantile(Extended p, Tail tail) const {
  const Extended near = tail == Tail::lower ? rise() : fall(), far = width() - near;
  // From the end of the tail, or from the mode by the root of a quadratic that does not cancel.
  const Extended beyond = p * width() - near;
  const Extended distance = beyond < 0 ? std::sqrt(p * width() * near)
                                       : near + beyond / (1 + std::sqrt(1 - beyond / far));
  return tail == Tail::lower ? low_ + distance : high_ - distance;
}

double Triangular::sample(math::Philox& random) const {
  const double u = math::uniform(random), peak = (mode_ - low_) / (high_ - low_);
  return u < peak ? low_ + (mode_ - low_) * std::sqrt(u / peak)
                  : high_ - (high_ - mode_) * std::sqrt((1 - u) / (1 - peak));
}

Extended Triangular::variance() const {
  const Extended peak = rise() / width();
  return width() * width() * (1 - peak + peak * peak) / 18;
}

double Triangular::skewness() const {
  const Extended peak = rise() / width(), spread = 1 - peak + peak * peak;
  return static_cast<double>(std::numbers::sqrt2_v<Extended> * (1 - 2 * peak) * (1 + peak) *
                             (2 - peak) / (5 * spread * std::sqrt(spread)));
}

}  // namespace mathtool::stats
