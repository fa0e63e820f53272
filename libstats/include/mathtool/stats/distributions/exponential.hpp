#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Exponential distribution: the waiting time for an event that comes at a constant rate.
///     f(x) = rate exp(−rate x),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 19.
class Exponential {
 public:
  static constexpr std::string_view name = "exponential";
  static constexpr std::string_view summary = "the waiting time for an event";
  static constexpr std::array parameters{
      Parameter{"rate", Domain::positive, "events per unit of x", 1.0}};

  explicit Exponential(double rate = 1.0);

  std::array<double, 1> values() const { return {rate_}; }
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;
  void sample(math::Philox& random, std::span<double> out) const;
  void sample_sums(math::Philox& random, std::size_t n, std::span<double> out) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return 1 / rate_; }
  Extended variance() const { return 1 / Extended(rate_) / rate_; }
  double skewness() const { return 2; }
  double kurtosis() const { return 6; }
  double mode() const { return 0; }
  double entropy() const { return 1 - std::log(rate_); }

 private:
  double rate_;
};

}  // namespace mathtool::stats
