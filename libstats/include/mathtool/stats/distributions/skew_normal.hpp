#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Skew normal distribution: a normal variable seen where a related one is positive.
///     f(x) = 2 φ(z) Φ(shape z) / scale,   z = (x − location) / scale
/// Ref: Azzalini, The Skew-Normal and Related Families (2014), ch. 2.
class SkewNormal {
 public:
  static constexpr std::string_view name = "skew_normal";
  static constexpr std::string_view summary = "a normal variable leaning to one side";
  static constexpr std::array parameters{
      Parameter{"location", Domain::real, "mean where the shape is 0"},
      Parameter{"scale", Domain::positive, "sd where the shape is 0"},
      Parameter{"shape", Domain::real, "above 0 where it leans to the left"}};

  SkewNormal(double location, double scale, double shape);

  std::array<double, 3> values() const { return {location_, scale_, shape_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;

 private:
  Extended z(Extended x) const { return (x - location_) / scale_; }
  /// Mean of z.
  Extended standard_mean() const;

  double location_, scale_, shape_;
};

}  // namespace mathtool::stats
