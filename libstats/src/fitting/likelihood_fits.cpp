#include <algorithm>
#include <cmath>

#include "fitting/maximize_likelihood.hpp"
#include "fitting/negative_binomial_likelihood.hpp"
#include "fitting/sample_likelihoods.hpp"
#include "fitting/sufficient_likelihoods.hpp"

namespace mathtool::stats {
namespace {

/// The sample in units of its own, in which the search neither overflows nor stumbles.
struct SampleUnit {
  double centre, scale;
};

double value_at_share(const FrequencyTable& sample, double share) {
  double below = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    below += sample.frequencies[i];
    if (below >= share * sample.total) return sample.values[i];
  }
  return sample.values.back();
}

SampleUnit middle_half(const FrequencyTable& sample) {
  const double median = value_at_share(sample, 0.5);
  const double half = value_at_share(sample, 0.75) / 2 - value_at_share(sample, 0.25) / 2;
  if (half > 0) return {median, half};
  return {median, mean_of(sample, [&](double x) { return std::abs(x - median); })};
}

template <class Model>
SampleUnit unit_of(const FrequencyTable& sample) {
  const auto has = [](Role role) {
    return std::ranges::any_of(Model::parameters,
                               [&](const SoughtParameter& p) { return p.role == role; });
  };
  if (has(Role::location)) return middle_half(sample);
  if (has(Role::scale)) return {0, mean_of(sample, [](double x) { return x; })};
  return {0, 1};
}

template <class Model>
ParameterEstimates fit_by_likelihood(const FrequencyTable& sample, const FixedValues& fixed,
                                     const StopToken& stop) {
  const SampleUnit unit = unit_of<Model>(sample);
  FrequencyTable scaled = sample;
  for (double& x : scaled.values) x = (x - unit.centre) / unit.scale;
  FixedValues scaled_fixed = fixed;
  const auto role = [](std::size_t i) { return Model::parameters[i].role; };
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (!fixed[i]) continue;
    if (role(i) == Role::location) scaled_fixed[i] = (*fixed[i] - unit.centre) / unit.scale;
    if (role(i) == Role::scale) scaled_fixed[i] = *fixed[i] / unit.scale;
  }
  const Model model(scaled);
  ParameterEstimates result = maximize_likelihood(
      Model::family, Model::parameters, scaled_fixed, sample.total, model.starts(),
      [&](const std::vector<double>& theta) {
        return differentiate<Model::parameters.size()>(model, theta);
      },
      stop);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    double& value = result.values[i];
    if (role(i) == Role::location) value = unit.centre + unit.scale * value;
    if (role(i) == Role::scale) value *= unit.scale;
    if (role(i) == Role::location || role(i) == Role::scale) result.std_errors[i] *= unit.scale;
    if (fixed[i]) value = *fixed[i];
  }
  return result;
}

template <class Model>
constexpr FitMethod likelihood_method(bool discrete, SampleRange range) {
  return {Model::family, discrete, true, range, fit_by_likelihood<Model>};
}

}  // namespace

std::span<const FitMethod> likelihood_methods() {
  constexpr SampleRange anywhere{-infinity, infinity},
      above_zero{0, infinity, SampleRange::Ends::singular};
  static constexpr FitMethod methods[] = {
      likelihood_method<GammaLikelihood>(false, above_zero),
      likelihood_method<InverseGammaLikelihood>(false, {0, infinity, SampleRange::Ends::outside}),
      likelihood_method<BetaLikelihood>(false, {0, 1, SampleRange::Ends::singular}),
      likelihood_method<WeibullLikelihood>(false, above_zero),
      likelihood_method<LogisticLikelihood>(false, anywhere),
      likelihood_method<CauchyLikelihood>(false, anywhere),
      likelihood_method<GumbelLikelihood>(false, anywhere),
      likelihood_method<SkewNormalLikelihood>(false, anywhere),
      likelihood_method<StudentTLikelihood>(false, anywhere),
      likelihood_method<ChiSquaredLikelihood>(false, above_zero),
      likelihood_method<FLikelihood>(false, above_zero),
      likelihood_method<NegativeBinomialLikelihood>(true, {0, infinity})};
  return methods;
}

}  // namespace mathtool::stats
