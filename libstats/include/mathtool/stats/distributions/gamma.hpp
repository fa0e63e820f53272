#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Gamma distribution: the waiting time for `shape` events of a Poisson process.
///     f(x) = x^(shape − 1) exp(−x/scale) / (Γ(shape) scale^shape),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17.
class Gamma {
 public:
  static constexpr std::string_view name = "gamma";
  static constexpr std::string_view summary = "the waiting time for several events";
  static constexpr std::array parameters{
      Parameter{"shape", Domain::positive, "number of events waited for"},
      Parameter{"scale", Domain::positive, "mean time between them, in units of x", 1.0}};

  explicit Gamma(double shape, double scale = 1.0);

  std::array<double, 2> values() const { return {shape_, scale_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return shape_ * scale_; }
  Extended variance() const { return Extended(shape_) * scale_ * scale_; }
  double skewness() const { return 2 / std::sqrt(shape_); }
  double kurtosis() const { return 6 / shape_; }
  double mode() const { return shape_ > 1 ? (shape_ - 1) * scale_ : 0; }
  double entropy() const;

 private:
  double shape_, scale_;
};

}  // namespace mathtool::stats
