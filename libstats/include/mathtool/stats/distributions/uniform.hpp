#pragma once

#include <array>
#include <span>

#include "mathtool/stats/distribution.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// Uniform distribution: all values of an interval alike.
///     f(x) = 1 / (high − low),   low ≤ x ≤ high
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 26.
class Uniform {
 public:
  static constexpr std::string_view name = "uniform";
  static constexpr std::string_view summary = "all values of an interval alike";
  static constexpr std::array parameters{Parameter{"low", Domain::real, "lower end", 0.0},
                                         Parameter{"high", Domain::real, "upper end", 1.0}};

  explicit Uniform(double low = 0.0, double high = 1.0);

  std::array<double, 2> values() const { return {low_, high_}; }
  Interval support() const { return {low_, high_}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;
  void sample(math::Philox& random, std::span<double> out) const;
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const;

  double mean() const { return low_ / 2 + high_ / 2; }
  Extended variance() const;
  double skewness() const { return 0; }
  double kurtosis() const { return -1.2; }
  double mode() const { return low_; }
  double entropy() const { return static_cast<double>(std::log(width())); }

 private:
  Extended width() const { return Extended(high_) - low_; }

  double at_share(double u) const {
    return std::min(std::max(low_ * (1 - u) + high_ * u, low_), high_);
  }

  double low_, high_;
};

}  // namespace mathtool::stats
