#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/objective.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

struct RateRangeOptions {
  double low = 1e-7, high = 10;  ///< first and last rate, 0 < low < high
  int steps = 100;               ///< ≥ 3
  double smoothing = 0.9;        ///< memory of the mean value, in [0, 1)
  double blow_up = 4;  ///< ends where the mean exceeds so many times its range so far, > 1
};

/// What a range test saw.
struct [[nodiscard]] RateRange {
  std::vector<double> rates = {}, values = {};  ///< f before the step at each rate
  std::vector<double> smoothed = {};  ///< its mean with a fading memory, corrected at the start
  double steepest =
      std::numeric_limits<double>::quiet_NaN();  ///< rate at which the mean fell fastest
  double largest = std::numeric_limits<double>::quiet_NaN();  ///< rate at which it was least
  Status status = Status::converged;
  std::string reason = {};
};

/// Reads `steepest` and `largest` off the values; not_finite, stalled where f never fell.
RateRange judge_rates(std::vector<double> rates, std::vector<double> values,
                      const RateRangeOptions& options);

/// Whether the mean of these values has left what a usable rate does.
bool rates_blew_up(const std::vector<double>& values, const RateRangeOptions& options);

void check_range(const RateRangeOptions& options);

/// Which learning rates suit a rule on f: steps from x0 with rates that grow by a constant factor,
/// until f blows up. `steepest` is the usual choice, a tenth of `largest` the careful one.
/// Throws:  DomainError for settings; what f throws.
/// Cost:    at most `steps` evaluations.
/// Ref:     Smith, Cyclical learning rates for training neural networks (2017), section 3.3.
template <UpdateRule<double> Rule>
RateRange learning_rate_range(Objective f, const VecRef& x0, Rule rule,
                              const RateRangeOptions& options = {}) {
  check_range(options);
  rule.validate();
  Vec x = x0, gradient = Vec::Zero(x0.size());
  auto state = rule.init(x);
  std::vector<double> rates, values;
  const double factor = std::pow(options.high / options.low, 1.0 / (options.steps - 1));
  for (int i = 0; i < options.steps; ++i) {
    const double value = f(x, gradient);
    if (!std::isfinite(value) || !gradient.allFinite()) break;
    rates.push_back(options.low * std::pow(factor, i));
    values.push_back(value);
    if (rates_blew_up(values, options)) break;
    rule.learning_rate = rates.back();
    rule.step(state, gradient, x);
  }
  return judge_rates(std::move(rates), std::move(values), options);
}

}  // namespace mathtool::opt
