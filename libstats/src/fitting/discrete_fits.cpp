#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "fitting/fit_method.hpp"
#include "fitting/require_within.hpp"
#include "fitting/weighted_mean.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats {
namespace {

double mean_count(const FrequencyTable& sample) {
  return mean_of(sample, [](double k) { return k; });
}

/// Of a probability that is a share of `trials` trials; none at 0 and 1.
double error_of_share(double p, double trials) {
  return p > 0 && p < 1 ? std::sqrt(p * (1 - p) / trials) : not_a_number;
}

ParameterEstimates fit_bernoulli(const FrequencyTable& sample, const FixedValues& fixed,
                                 const StopToken&) {
  const double p = fixed[0].value_or(mean_count(sample));
  return {{p}, {error_of_share(p, sample.total)}};
}

ParameterEstimates fit_poisson(const FrequencyTable& sample, const FixedValues& fixed,
                               const StopToken&) {
  const double mean = fixed[0].value_or(mean_count(sample));
  return {{mean}, {std::sqrt(mean / sample.total)}};
}

ParameterEstimates fit_geometric(const FrequencyTable& sample, const FixedValues& fixed,
                                 const StopToken&) {
  const double p = fixed[0].value_or(1 / (1 + mean_count(sample)));
  return {{p}, {p * std::sqrt((1 - p) / sample.total)}};
}

ParameterEstimates fit_discrete_uniform(const FrequencyTable& sample, const FixedValues& fixed,
                                        const StopToken&) {
  const double low = fixed[0].value_or(sample.values.front()),
               high = fixed[1].value_or(sample.values.back());
  require_within("discrete_uniform", sample, low, high);
  return {{low, high}, {not_a_number, not_a_number}};
}

/// What log L of the binomial distribution gains per value by one trial more than N, with p that
/// which is likeliest for each, or given.
///     Σ log C(N + 1, k)/C(N, k) = −Σ log(1 − k/(N + 1))
double gain_of_a_trial(const FrequencyTable& sample, double N, std::optional<double> p) {
  const double more = mean_of(sample, [&](double k) { return -std::log1p(-k / (N + 1)); });
  if (p) return more + std::log1p(-*p);
  const double mean = mean_count(sample);
  const auto entropy = [&](double trials) {
    return mean * std::log(mean / trials) +
           (trials > mean ? (trials - mean) * std::log1p(-mean / trials) : 0.0);
  };
  return more + entropy(N + 1) - entropy(N);
}

/// The number of trials: the first from which on one more makes the sample less likely.
double likeliest_trials(const FrequencyTable& sample, std::optional<double> p) {
  double low = sample.values.back();
  if (!(gain_of_a_trial(sample, low, p) > 0)) return low;
  double high = 2 * low;
  while (high < 0x1p52 && gain_of_a_trial(sample, high, p) > 0) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (gain_of_a_trial(sample, middle, p) > 0 ? low : high) = middle;
  }
  return high;
}

// Ref: Levin & Reeds, Compound multinomial likelihood functions are unimodal (1977).
ParameterEstimates fit_binomial(const FrequencyTable& sample, const FixedValues& fixed,
                                const StopToken&) {
  const double mean = mean_count(sample),
               variance = mean_of(sample, [&](double k) { return (k - mean) * (k - mean); });
  if (!fixed[0] && !fixed[1] && variance >= mean * (1 - 1e-9))
    return {{not_a_number, not_a_number},
            {not_a_number, not_a_number},
            Status::divergent,
            fmt::format("the likelihood of binomial grows with trials without end, as the variance "
                        "{:.6g} is not below the mean {:.6g}; poisson is the limit",
                        variance, mean)};
  const double trials = fixed[0] ? *fixed[0] : likeliest_trials(sample, fixed[1]);
  require_within("binomial", sample, 0, trials);
  const double p = fixed[1].value_or(mean / trials);
  return {{trials, p},
          {not_a_number, fixed[0] ? error_of_share(p, sample.total * trials) : not_a_number}};
}

}  // namespace

std::span<const FitMethod> discrete_methods() {
  static constexpr FitMethod methods[] = {
      {"bernoulli", true, true, {0, 1}, fit_bernoulli},
      {"binomial", true, true, {0, infinity}, fit_binomial},
      {"poisson", true, true, {0, infinity}, fit_poisson},
      {"geometric", true, true, {0, infinity}, fit_geometric},
      {"discrete_uniform", true, true, {-infinity, infinity}, fit_discrete_uniform}};
  return methods;
}

}  // namespace mathtool::stats
