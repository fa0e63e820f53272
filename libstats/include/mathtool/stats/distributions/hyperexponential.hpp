#pragma once

#include <array>
#include <string>
#include <vector>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Hyperexponential distribution: an exponential waiting time whose rate is drawn first.
///     f(x) = ∑ pᵢ rateᵢ exp(−rateᵢ x),   x ≥ 0
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 19.
class Hyperexponential {
 public:
  static constexpr std::string_view name = "hyperexponential";
  static constexpr std::string_view summary = "a waiting time with one of several rates";
  static constexpr std::array parameters{
      Parameter{"p", Domain::non_negative, "probabilities, of sum 1", {}, Form::list},
      Parameter{"rate", Domain::positive, "as many rates", {}, Form::list}};

  Hyperexponential(std::vector<double> p, std::vector<double> rate);

  /// "hyperexponential([0.5, 0.5], [1, 2])".
  std::string text() const;
  Interval support() const { return {0, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return static_cast<double>(raw_moment(1)); }
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const { return 0; }

 private:
  /// log ∑ pᵢ rateᵢᵏ exp(−rateᵢ x).
  Extended log_sum(Extended x, int power) const;
  Extended raw_moment(int power) const;

  std::vector<double> p_, rate_;
};

}  // namespace mathtool::stats
