#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Arcsine distribution: the position of a swing seen at a random moment.
///     f(x) = 1 / (π √((x − low)(high − x))),   low ≤ x ≤ high
/// Ref: Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 25.
class Arcsine {
 public:
  static constexpr std::string_view name = "arcsine";
  static constexpr std::string_view summary = "a swing seen at a random moment";
  static constexpr std::array parameters{Parameter{"low", Domain::real, "lower end", 0.0},
                                         Parameter{"high", Domain::real, "upper end", 1.0}};

  explicit Arcsine(double low = 0.0, double high = 1.0);

  std::array<double, 2> values() const { return {low_, high_}; }
  Interval support() const { return {low_, high_}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return low_ / 2 + high_ / 2; }
  Extended variance() const;
  double skewness() const { return 0; }
  double kurtosis() const { return -1.5; }
  double mode() const { return low_; }
  double entropy() const;

 private:
  Extended width() const { return Extended(high_) - low_; }

  double low_, high_;
};

}  // namespace mathtool::stats
