#pragma once

#include <array>
#include <string>
#include <vector>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Categorical distribution: one of k outcomes, numbered 1 … k, with probabilities of their own.
///     f(i) = pᵢ,   i = 1 … k
/// The probabilities must sum to 1 within 1e-9 and are divided by their sum.
/// Ref: Johnson, Kemp & Kotz, Univariate Discrete Distributions, section 1.2.
class Categorical {
 public:
  static constexpr std::string_view name = "categorical";
  static constexpr std::string_view summary = "outcomes 1, 2, ... with the given probabilities";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{Parameter{.name = "p",
                                                   .domain = Domain::probability,
                                                   .meaning = "probability of each outcome",
                                                   .form = Form::rest}};

  explicit Categorical(const std::vector<double>& p);

  std::string text() const;
  Interval support() const { return {low_, high_}; }
  Extended log_density(Extended k) const;
  Tails tails(Extended k) const { return tails_[static_cast<std::size_t>(k) - 1]; }
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const { return central_moment(2); }
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  Extended central_moment(int power) const;

  std::vector<double> given_;
  std::vector<Extended> p_;
  std::vector<Tails> tails_;
  double low_ = 1, high_ = 1;
};

}  // namespace mathtool::stats
