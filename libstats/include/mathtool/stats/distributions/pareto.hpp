#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Pareto distribution: incomes, sizes of towns and files; each order of magnitude is as rare
/// again.
///     f(x) = shape minimum^shape / x^(shape + 1),   x ≥ minimum
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 20.
class Pareto {
 public:
  static constexpr std::string_view name = "pareto";
  static constexpr std::string_view summary = "incomes and sizes; tails of a power law";
  static constexpr std::array parameters{
      Parameter{"minimum", Domain::positive, "smallest value"},
      Parameter{"shape", Domain::positive, "the power with which the upper tail falls"}};

  Pareto(double minimum, double shape);

  std::array<double, 2> values() const { return {minimum_, shape_}; }
  Interval support() const { return {minimum_, infinity}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const;
  Extended variance() const;
  double skewness() const;
  double kurtosis() const;
  double mode() const { return minimum_; }
  double entropy() const;

 private:
  double minimum_, shape_;
};

}  // namespace mathtool::stats
