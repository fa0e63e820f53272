#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Negative binomial (Pascal, Polya) distribution: the failures before success number r, for any
/// real r > 0.
///     f(k) = Γ(r + k)/(Γ(r) k!) pʳ (1 − p)ᵏ,   k = 0, 1, …
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 5.
class NegativeBinomial {
 public:
  static constexpr std::string_view name = "negative_binomial";
  static constexpr std::array<std::string_view, 1> aliases{"negbin"};
  static constexpr std::string_view summary =
      "failures before success number r; counts with excess variance";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{
      Parameter{"r", Domain::positive, "number of successes waited for"},
      Parameter{"p", Domain::positive_probability, "probability of a success"}};

  NegativeBinomial(double r, double p);

  std::array<double, 2> values() const { return {r_, p_}; }
  Interval support() const { return {0, p_ == 1 ? 0 : infinity}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const;
  Extended log_tail(Extended k, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return r_ * ((1 - p_) / p_); }
  Extended variance() const { return Extended(mean()) / p_; }
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  Extended q() const { return 1 - static_cast<Extended>(p_); }

  double r_, p_;
};

}  // namespace mathtool::stats
