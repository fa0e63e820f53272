#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Student's t distribution: the mean of few measurements over its estimated error.
///     f(x) = (1 + x²/df)^(−(df + 1)/2) / (√df B(df/2, ½))
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 28.
class StudentT {
 public:
  static constexpr std::string_view name = "student_t";
  static constexpr std::array<std::string_view, 1> aliases{"t"};
  static constexpr std::string_view summary = "a mean over its estimated error";
  static constexpr std::array parameters{Parameter{"df", Domain::positive, "degrees of freedom"}};

  explicit StudentT(double df);

  std::array<double, 1> values() const { return {df_}; }
  Interval support() const { return {-infinity, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  double sample(math::Philox& random) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return df_ > 1 ? 0 : not_a_number; }
  Extended variance() const;
  double skewness() const { return df_ > 3 ? 0 : not_a_number; }
  double kurtosis() const;
  double mode() const { return 0; }
  double entropy() const;

 private:
  /// log f(0).
  Extended log_height() const;

  double df_;
};

}  // namespace mathtool::stats
