#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "mathtool/math/elementary_kernels.hpp"

namespace mathtool::stats {

/// A double without its lowest 27 bits: products of two such are exact.
MATHTOOL_KERNEL double high_half(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0xfffffffff8000000);
}

/// z = (x − location) / scale to twice the digits of a double, as exp(−z²/2) loses a digit of its
/// own for each factor of ten in z².
struct Standardized {
  double z, rest;
};

class LocationScale {
 public:
  LocationScale(double location, double scale)
      : location_(location),
        scale_(scale),
        high_(high_half(scale)),
        low_(scale - high_half(scale)) {}

  double scale() const { return scale_; }
  bool is_standard() const { return location_ == 0 && scale_ == 1; }

  MATHTOOL_KERNEL Standardized standardize(double x) const {
    const double difference = x - location_;
    const double part = difference - x;
    const double lost = (x - (difference - part)) - (location_ + part);
    const double z = difference / scale_;
    // The exact product z · scale (Dekker), whose distance from the difference is left over.
    const double product = z * scale_, top = high_half(z), bottom = z - top;
    const double error = ((top * high_ - product) + top * low_ + bottom * high_) + bottom * low_;
    const double rest = ((difference - product) - error + lost) / scale_;
    return {z, std::abs(z) < 1e6 ? rest : 0.0};
  }

  MATHTOOL_KERNEL double at(double z) const { return location_ + scale_ * z; }

 private:
  double location_, scale_, high_, low_;
};

/// The same of location 0 and scale 1.
struct StandardPlace {
  double scale() const { return 1; }
  MATHTOOL_KERNEL Standardized standardize(double x) const { return {x, 0}; }
  MATHTOOL_KERNEL double at(double z) const { return z; }
};

}  // namespace mathtool::stats
