#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Hypergeometric distribution: the successes among balls drawn from an urn without replacement.
///     f(k) = C(successes, k) C(population − successes, draws − k) / C(population, draws)
/// Cost: a tail some microseconds, 0.1 ms in the widest urns.
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 6.
class Hypergeometric {
 public:
  static constexpr std::string_view name = "hypergeometric";
  static constexpr std::array<std::string_view, 1> aliases{"hypergeom"};
  static constexpr std::string_view summary = "successes among balls drawn without replacement";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"population", Domain::count, "number of balls in the urn"},
      Parameter{"successes", Domain::count, "number of those that count"},
      Parameter{"draws", Domain::count, "number of balls drawn"}};

  Hypergeometric(double population, double successes, double draws);

  std::array<double, 3> values() const { return {population_, successes_, draws_}; }
  Interval support() const;
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended log_tail(Extended k, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  double population_, successes_, draws_;
};

}  // namespace mathtool::stats
