#include "mathtool/stats/metrics/regression_errors.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "accumulators/frequencies.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

// Beyond these the square of an error, or many of them, would leave the range of doubles.
constexpr double large_error = 0x1p+480, small_error = 0x1p-480, rescaled = 0x1p+540;

// Below it squares of deviations lose digits to the end of the range of doubles.
constexpr double least_variance = 1e-290;

}  // namespace

void RegressionErrors::add_square(double error, double weight) {
  const double size = std::abs(error);
  if (size > large_error)
    large_squares_ += weight * (error / rescaled) * (error / rescaled);
  else if (size < small_error)
    small_squares_ += weight * (error * rescaled) * (error * rescaled);
  else
    squares_ += weight * error * error;
}

void RegressionErrors::push(double truth, double predicted) { push(truth, predicted, 1); }

void RegressionErrors::push(double truth, double predicted, double weight) {
  const double error = truth - predicted;
  truth_.push(truth, weight);
  errors_.push(error, weight);
  sizes_.push(std::abs(error), weight);
  if (weight > 0) add_square(error, weight);
}

void RegressionErrors::push(std::span<const double> truth, std::span<const double> predicted,
                            std::span<const double> weights) {
  require<DimensionError>(truth.size() == predicted.size(),
                          "RegressionErrors: {} true values, {} predicted", truth.size(),
                          predicted.size());
  if (!weights.empty()) require_frequencies("RegressionErrors", truth.size(), weights);
  std::vector<double> errors(truth.size()), sizes(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    errors[i] = truth[i] - predicted[i];
    sizes[i] = std::abs(errors[i]);
    const double weight = weights.empty() ? 1.0 : weights[i];
    if (weight > 0) add_square(errors[i], weight);
  }
  if (weights.empty()) {
    truth_.push(truth);
    errors_.push(std::span<const double>(errors));
    sizes_.push(std::span<const double>(sizes));
  } else {
    truth_.push(truth, weights);
    errors_.push(std::span<const double>(errors), weights);
    sizes_.push(std::span<const double>(sizes), weights);
  }
}

void RegressionErrors::merge(const RegressionErrors& other) {
  truth_.merge(other.truth_);
  errors_.merge(other.errors_);
  sizes_.merge(other.sizes_);
  squares_ += other.squares_;
  large_squares_ += other.large_squares_;
  small_squares_ += other.small_squares_;
}

double RegressionErrors::rmse() const {
  if (!(weight() > 0)) return not_a_number;
  const double large = large_squares_.value(), middle = squares_.value();
  // Where errors of one kind occur, those of the kinds below are too small to be seen.
  if (large != 0) return rescaled * std::sqrt((large + middle / rescaled / rescaled) / weight());
  if (middle != 0)
    return std::sqrt((middle + small_squares_.value() / rescaled / rescaled) / weight());
  return std::sqrt(small_squares_.value() / weight()) / rescaled;
}

double RegressionErrors::mae() const { return sizes_.mean(); }

double RegressionErrors::mean_error() const { return errors_.mean(); }

double RegressionErrors::r_squared() const {
  const double variance = truth_.population_variance(), error = rmse();
  if (!(variance >= least_variance) || !std::isfinite(variance) || !std::isfinite(error))
    return not_a_number;
  const double deviation = std::sqrt(variance);
  return 1 - (error / deviation) * (error / deviation);
}

std::string RegressionErrors::r_squared_reason() const {
  if (!std::isnan(r_squared())) return {};
  if (!(weight() > 0)) return "there is no pair of values";
  const bool tiny = truth_.mean() != 0 && std::abs(truth_.mean()) < 1e-140;
  if (truth_.population_variance() == 0 && !tiny) return "the true values are all the same";
  return "squares of the values are beyond the range of doubles";
}

}  // namespace mathtool::stats
