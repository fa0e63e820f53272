#include "mathtool/stats/distribution_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "fitting/fit_method.hpp"
#include "fitting/ks_distance.hpp"
#include "fitting/require_within.hpp"
#include "fitting/weighted_mean.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distributions/kolmogorov_smirnov.hpp"

namespace mathtool::stats {
namespace {

const FitMethod* find_method(std::string_view family) {
  for (const auto methods :
       {closed_form_methods(), likelihood_methods(), discrete_methods(), density_methods()})
    for (const FitMethod& method : methods)
      if (method.family == family) return &method;
  return nullptr;
}

FixedValues fixed_values(const DistributionFamily& family, std::span<const FixedParameter> fixed) {
  FixedValues values(family.parameters.size());
  for (const auto& [name, value] : fixed) {
    const auto found = std::ranges::find(family.parameters, name, &Parameter::name);
    if (found == family.parameters.end()) {
      std::vector<std::string> names;
      for (const Parameter& parameter : family.parameters) names.emplace_back(parameter.name);
      throw DomainError(fmt::format("{} has no parameter '{}'{}; it has {}", family.name, name,
                                    did_you_mean(name, names), fmt::join(names, ", ")));
    }
    require(contains(found->domain, value), "{}: {} must be {}, got {}", family.name, name,
            describe(found->domain), value);
    values[static_cast<std::size_t>(found - family.parameters.begin())] = value;
  }
  return values;
}

/// Throws: InsufficientDataError where no distribution of the family can have made the sample.
void require_possible(const FitMethod& method, const FrequencyTable& sample) {
  require<InsufficientDataError>(!method.discrete || sample.whole_numbers,
                                 "{} has whole numbers alone, the data have fractions",
                                 method.family);
  require_within(method.family, sample, method.range.low, method.range.high);
  const auto outside = [&](double end, double value) {
    require<InsufficientDataError>(value != end || method.range.ends != SampleRange::Ends::outside,
                                   "{} has density 0 at {}, which is among the data", method.family,
                                   end);
  };
  outside(method.range.low, sample.values.front());
  outside(method.range.high, sample.values.back());
}

/// The value of a sample at which log f is whatever the parameters make of it.
std::optional<double> singular_value(const FitMethod& method, const FrequencyTable& sample) {
  if (method.range.ends != SampleRange::Ends::singular) return {};
  if (sample.values.front() == method.range.low) return method.range.low;
  if (sample.values.back() == method.range.high) return method.range.high;
  return {};
}

ParameterEstimates estimate(const FitMethod& method, const FrequencyTable& sample,
                            const FixedValues& fixed, const StopToken& stop) {
  if (const auto value = singular_value(method, sample)) {
    const std::vector<double> none(fixed.size(), not_a_number);
    return {none, none, Status::divergent,
            fmt::format("the likelihood of {} has no maximum: at {}, which is among the data, its "
                        "density is 0 or infinite",
                        method.family, *value)};
  }
  return method.estimate(sample, fixed, stop);
}

AnyDistribution made(const DistributionFamily& family, const std::vector<double>& values) {
  const std::vector<Argument> arguments(values.begin(), values.end());
  return family.make(arguments);
}

double log_likelihood(const FrequencyTable& sample, const AnyDistribution& d) {
  return sample.total * mean_of(sample, [&](double x) {
           return detail::has_density(d, x) ? d.log_density(x) : Extended(-infinity);
         });
}

/// Whether a distribution of the family has exactly these parameters.
bool within_domains(const DistributionFamily& family, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!contains(family.parameters[i].domain, values[i])) return false;
  return true;
}

void judge(const FrequencyTable& sample, int free, DistributionFit& fit) {
  fit.log_likelihood = log_likelihood(sample, *fit.distribution);
  fit.aic = 2 * free - 2 * fit.log_likelihood;
  fit.bic = free * std::log(sample.total) - 2 * fit.log_likelihood;
  fit.ks = ks_distance(sample, *fit.distribution);
  if (!fit.distribution->discrete() && is_whole(sample.total))
    fit.p_value = survival(KolmogorovSmirnov(sample.total), fit.ks);
}

}  // namespace

DistributionFit fit_distribution(const DistributionFamily& family, const FrequencyTable& sample,
                                 const FitOptions& options) {
  const FitMethod* const method = find_method(family.name);
  require(method, "{} cannot be fitted, its parameters are not numbers to be estimated",
          family.name);
  const FixedValues fixed = fixed_values(family, options.fixed);
  require<InsufficientDataError>(sample.size() >= 2,
                                 "a fit needs two different values at least, the data have {}",
                                 sample.size());
  require_possible(*method, sample);

  const ParameterEstimates estimates = estimate(*method, sample, fixed, options.stop);
  DistributionFit fit{.family = std::string(family.name),
                      .observations = sample.total,
                      .status = estimates.status,
                      .reason = estimates.reason};
  int free = 0;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    fit.parameters.push_back({std::string(family.parameters[i].name), estimates.values[i],
                              fixed[i] ? not_a_number : estimates.std_errors[i],
                              fixed[i].has_value()});
    free += fixed[i] ? 0 : 1;
  }
  if (!within_domains(family, estimates.values)) {
    if (fit.status != Status::converged) return fit;
    fit.status = Status::not_finite;
    fit.reason =
        fmt::format("the estimates of {} are beyond the range of its parameters", family.name);
    return fit;
  }
  fit.distribution = made(family, estimates.values);
  judge(sample, free, fit);
  if (fit.status == Status::converged && !std::isfinite(fit.log_likelihood)) {
    fit.status = Status::not_finite;
    fit.reason =
        fmt::format("the likelihood of {} is {} at its estimates", family.name, fit.log_likelihood);
  }
  return fit;
}

DistributionFit fit_distribution(const DistributionFamily& family, std::span<const double> x,
                                 const FitOptions& options) {
  return fit_distribution(family, frequency_table(x), options);
}

std::vector<const DistributionFamily*> families_to_try(const FrequencyTable& sample,
                                                       FamilyChoice choice) {
  const bool counts = sample.size() > 0 && sample.whole_numbers && sample.values.front() >= 0;
  const bool discrete =
      choice == FamilyChoice::discrete || (choice == FamilyChoice::automatic && counts);
  std::vector<const DistributionFamily*> families;
  for (const DistributionFamily* family : fittable_families()) {
    const FitMethod& method = *find_method(family->name);
    if (method.quick && method.discrete == discrete) families.push_back(family);
  }
  return families;
}

std::vector<const DistributionFamily*> fittable_families() {
  std::vector<const DistributionFamily*> families;
  for (const DistributionFamily& family : distribution_families())
    if (find_method(family.name)) families.push_back(&family);
  return families;
}

void rank_fits(std::vector<DistributionFit>& fits) {
  std::ranges::stable_sort(fits, [](const DistributionFit& a, const DistributionFit& b) {
    const bool a_done = a.status == Status::converged, b_done = b.status == Status::converged;
    return a_done != b_done ? a_done : a_done && a.aic < b.aic;
  });
}

}  // namespace mathtool::stats
