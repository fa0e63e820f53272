#pragma once

#include <array>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// Triangular distribution: a density that rises straight to the mode and falls straight from it.
///     f(x) = 2 (x − low) / ((high − low)(mode − low)),     low ≤ x ≤ mode
///     f(x) = 2 (high − x) / ((high − low)(high − mode)),   mode ≤ x ≤ high
/// Ref: Kotz & van Dorp, Beyond Beta (2004), ch. 1.
class Triangular {
 public:
  static constexpr std::string_view name = "triangular";
  static constexpr std::string_view summary = "lowest, likeliest and highest value known";
  static constexpr std::array parameters{
      Parameter{"low", Domain::real, "lower end"},
      Parameter{"mode", Domain::real, "where the density is highest"},
      Parameter{"high", Domain::real, "upper end"}};

  Triangular(double low, double mode, double high);

  std::array<double, 3> values() const { return {low_, mode_, high_}; }
  Interval support() const { return {low_, high_}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return low_ / 3 + mode_ / 3 + high_ / 3; }
  Extended variance() const;
  double skewness() const;
  double kurtosis() const { return -0.6; }
  double mode() const { return mode_; }
  double entropy() const { return static_cast<double>(0.5L + std::log(width() / 2)); }

 private:
  Extended width() const { return Extended(high_) - low_; }
  Extended rise() const { return Extended(mode_) - low_; }
  Extended fall() const { return Extended(high_) - mode_; }

  double low_, mode_, high_;
};

}  // namespace mathtool::stats
