#include "mathtool/opt/rate_range.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mathtool::opt {
namespace {

/// Means with a fading memory, corrected for their start at 0.
std::vector<double> fading_means(const std::vector<double>& values, double memory) {
  std::vector<double> means;
  double sum = 0, weight = 0;
  for (const double value : values) {
    sum = memory * sum + (1 - memory) * value;
    weight = memory * weight + (1 - memory);
    means.push_back(sum / weight);
  }
  return means;
}

}  // namespace

void check_range(const RateRangeOptions& options) {
  require(0 < options.low && options.low < options.high && options.high < HUGE_VAL,
          "rate range: 0 < low < high must hold, got {} and {}", options.low, options.high);
  require(options.steps >= 3, "rate range: steps must be >= 3, got {}", options.steps);
  require(0 <= options.smoothing && options.smoothing < 1,
          "rate range: smoothing must be in [0, 1), got {}", options.smoothing);
  require(options.blow_up > 1, "rate range: blow_up must be > 1, got {}", options.blow_up);
}

bool rates_blew_up(const std::vector<double>& values, const RateRangeOptions& options) {
  const std::vector<double> means = fading_means(values, options.smoothing);
  const double least = *std::min_element(means.begin(), means.end());
  const double range = means.front() - least;
  return range > 0 && means.back() - least > options.blow_up * range;
}

RateRange judge_rates(std::vector<double> rates, std::vector<double> values,
                      const RateRangeOptions& options) {
  RateRange result;
  result.smoothed = fading_means(values, options.smoothing);
  result.rates = std::move(rates);
  result.values = std::move(values);
  const std::vector<double>& means = result.smoothed;
  if (means.size() < 3) {
    result.status = Status::not_finite;
    result.reason = fmt::format("only {} values were finite; start elsewhere or with lower rates",
                                means.size());
    return result;
  }
  const auto least = std::min_element(means.begin(), means.end());
  const auto end = static_cast<std::size_t>(least - means.begin());
  if (end == 0) {
    result.status = Status::stalled;
    result.reason = fmt::format("f never fell below its value at the start, {:.6g}", means.front());
    return result;
  }
  result.largest = result.rates[end];
  // Rates are equally spaced in their logarithm, so differences of neighbours are slopes.
  double fastest = 0;
  for (std::size_t i = 0; i < end; ++i)
    if (const double fall = means[i] - means[i + 1]; fall > fastest) {
      fastest = fall;
      result.steepest = result.rates[i];
    }
  result.reason = fmt::format("f fell fastest at rate {:.3g} and was least at {:.3g}",
                              result.steepest, result.largest);
  return result;
}

}  // namespace mathtool::opt
