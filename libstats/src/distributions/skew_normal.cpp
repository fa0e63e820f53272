#include "mathtool/stats/distributions/skew_normal.hpp"

#include <numbers>

#include "mathtool/stats/variates.hpp"
#include "special/constants.hpp"
#include "special/logarithms.hpp"
#include "special/normal_tails.hpp"
#include "special/normal_wedge.hpp"

namespace mathtool::stats {

SkewNormal::SkewNormal(double location, double scale, double shape)
    : location_(location), scale_(scale), shape_(shape) {
  check_parameters(*this);
}

Extended SkewNormal::log_density(Extended x) const {
  const Extended t = shape_ * z(x);
  const Extended seen =
      t < -100 ? log_normal_tail(t, Tail::lower) : std::log(normal_tails(t).below);
  return std::numbers::ln2_v<Extended> - log_root_two_pi - z(x) * z(x) / 2 + seen -
         std::log(Extended(scale_));
}

// A half plane cut by another: the side to which the shape points has what is left of two normal
// tails.
Tails SkewNormal::tails(Extended x) const {
  const Extended distance = std::abs(z(x)),
                 wedge = normal_wedge(distance, std::abs(Extended(shape_)));
  const bool left = z(x) < 0, thin = left == (shape_ > 0);
  const Extended small = thin ? wedge : 2 * normal_tails(-distance).below - wedge;
  return left ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended SkewNormal::log_tail(Extended x, Tail tail) const {
  const Extended distance = std::abs(z(x));
  const Extended log_wedge = log_normal_wedge(distance, std::abs(Extended(shape_)));
  if ((tail == Tail::lower) == (shape_ > 0)) return log_wedge;
  const Extended log_half_plane = log_normal_tail(distance, Tail::upper);
  return log_half_plane + std::log(2 - std::exp(log_wedge - log_half_plane));
}

double SkewNormal::sample(math::Philox& random) const {
  const double root = std::hypot(1.0, shape_);
  const double half = std::abs(normal_variate(random)), other = normal_variate(random);
  return location_ + scale_ * (shape_ / root * half + other / root);
}

Extended SkewNormal::standard_mean() const {
  constexpr Extended half_mean = 0.797884560802865355879892119868763737L;  // √(2/π)
  return half_mean * (shape_ / std::hypot(Extended(1), Extended(shape_)));
}

double SkewNormal::mean() const {
  return static_cast<double>(location_ + scale_ * standard_mean());
}

Extended SkewNormal::variance() const {
  const Extended m = standard_mean();
  return Extended(scale_) * scale_ * (1 - m * m);
}

double SkewNormal::skewness() const {
  const Extended m = standard_mean(), square = 1 - m * m;
  return static_cast<double>((4 - pi) / 2 * m * m * m / (square * std::sqrt(square)));
}

double SkewNormal::kurtosis() const {
  const Extended m = standard_mean(), ratio = m * m / (1 - m * m);
  return static_cast<double>(2 * (pi - 3) * ratio * ratio);
}

// Where the slope of the log-density, φ(shape z)/Φ(shape z) shape − z, changes its sign.
double SkewNormal::mode() const {
  const Extended shape = std::abs(Extended(shape_));
  Extended low = 0, high = 1;
  for (int i = 0; i < 64; ++i) {
    const Extended middle = (low + high) / 2;
    (shape / mills_ratio(-shape * middle) > middle ? low : high) = middle;
  }
  return static_cast<double>(location_ + std::copysign(scale_ * low, Extended(shape_)));
}

}  // namespace mathtool::stats
