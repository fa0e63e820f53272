#include <algorithm>
#include <cmath>

#include "fitting/fit_method.hpp"
#include "fitting/require_within.hpp"
#include "fitting/weighted_mean.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats {
namespace {

double sample_mean(const FrequencyTable& sample) {
  return mean_of(sample, [](double x) { return x; });
}

/// The value at which the frequencies below and above balance; the middle of two such values.
double weighted_median(const FrequencyTable& sample) {
  double below = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    below += sample.frequencies[i];
    if (2 * below > sample.total) return sample.values[i];
    if (2 * below == sample.total) return sample.values[i] / 2 + sample.values[i + 1] / 2;
  }
  return sample.values.back();
}

ParameterEstimates fit_normal(const FrequencyTable& sample, const FixedValues& fixed,
                              const StopToken&) {
  const double mean = fixed[0].value_or(sample_mean(sample));
  const double scale = std::max(std::abs(sample.values.front() - mean),
                                std::abs(sample.values.back() - mean));  // squares may overflow
  const double sd = fixed[1].value_or(scale * std::sqrt(mean_of(sample, [&](double x) {
                                        return std::pow((x - mean) / scale, 2);
                                      })));
  return {{mean, sd}, {sd / std::sqrt(sample.total), sd / std::sqrt(2 * sample.total)}};
}

ParameterEstimates fit_lognormal(const FrequencyTable& sample, const FixedValues& fixed,
                                 const StopToken&) {
  const double mu = fixed[0].value_or(mean_of(sample, [](double x) { return std::log(x); }));
  const double sigma = fixed[1].value_or(
      std::sqrt(mean_of(sample, [&](double x) { return std::pow(std::log(x) - mu, 2); })));
  return {{mu, sigma}, {sigma / std::sqrt(sample.total), sigma / std::sqrt(2 * sample.total)}};
}

ParameterEstimates fit_exponential(const FrequencyTable& sample, const FixedValues& fixed,
                                   const StopToken&) {
  const double rate = fixed[0].value_or(1 / sample_mean(sample));
  return {{rate}, {rate / std::sqrt(sample.total)}};
}

ParameterEstimates fit_rayleigh(const FrequencyTable& sample, const FixedValues& fixed,
                                const StopToken&) {
  const double unit = sample.values.back();  // squares may overflow
  const double scale = fixed[0].value_or(
      unit * std::sqrt(mean_of(sample, [&](double x) { return (x / unit) * (x / unit); }) / 2));
  return {{scale}, {scale / (2 * std::sqrt(sample.total))}};
}

// The curvature of log L jumps at the median; its expectation serves instead.
ParameterEstimates fit_laplace(const FrequencyTable& sample, const FixedValues& fixed,
                               const StopToken&) {
  const double location = fixed[0].value_or(weighted_median(sample));
  const double scale =
      fixed[1].value_or(mean_of(sample, [&](double x) { return std::abs(x - location); }));
  const double error = scale / std::sqrt(sample.total);
  return {{location, scale}, {error, error}};
}

// The smallest value converges faster than any standard error says.
ParameterEstimates fit_pareto(const FrequencyTable& sample, const FixedValues& fixed,
                              const StopToken&) {
  const double minimum = fixed[0].value_or(sample.values.front());
  require_within("pareto", sample, minimum, infinity);
  const double shape =
      fixed[1].value_or(1 / mean_of(sample, [&](double x) { return std::log(x / minimum); }));
  return {{minimum, shape}, {not_a_number, shape / std::sqrt(sample.total)}};
}

ParameterEstimates fit_inverse_gaussian(const FrequencyTable& sample, const FixedValues& fixed,
                                        const StopToken&) {
  const double mean = fixed[0].value_or(sample_mean(sample));
  const double shape = fixed[1].value_or(mean / mean_of(sample, [&](double x) {
                                           return std::pow((x - mean) / mean, 2) * (mean / x);
                                         }));
  return {{mean, shape},
          {mean * std::sqrt(mean / shape / sample.total), shape * std::sqrt(2 / sample.total)}};
}

ParameterEstimates fit_uniform(const FrequencyTable& sample, const FixedValues& fixed,
                               const StopToken&) {
  const double low = fixed[0].value_or(sample.values.front()),
               high = fixed[1].value_or(sample.values.back());
  require_within("uniform", sample, low, high);
  return {{low, high}, {not_a_number, not_a_number}};
}

}  // namespace

std::span<const FitMethod> closed_form_methods() {
  static constexpr FitMethod methods[] = {
      {"normal", false, true, {-infinity, infinity}, fit_normal},
      {"lognormal", false, true, {0, infinity, SampleRange::Ends::outside}, fit_lognormal},
      {"exponential", false, true, {0, infinity}, fit_exponential},
      {"rayleigh", false, true, {0, infinity, SampleRange::Ends::outside}, fit_rayleigh},
      {"laplace", false, true, {-infinity, infinity}, fit_laplace},
      {"pareto", false, true, {0, infinity, SampleRange::Ends::outside}, fit_pareto},
      {"inverse_gaussian",
       false,
       true,
       {0, infinity, SampleRange::Ends::outside},
       fit_inverse_gaussian},
      {"uniform", false, true, {-infinity, infinity}, fit_uniform}};
  return methods;
}

}  // namespace mathtool::stats
