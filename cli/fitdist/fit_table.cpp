#include "cli/fitdist/fit_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/constant_expression.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::cli {
namespace {

using stats::DistributionFamily;
using stats::DistributionFit;
using stats::FamilyChoice;
using stats::FixedParameter;

std::vector<std::string> family_names(std::string_view list) {
  std::vector<std::string> names;
  std::size_t start = 0, comma = 0;
  do {
    comma = std::min(list.find(',', start), list.size());
    std::string_view name = list.substr(start, comma - start);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    names.emplace_back(name);
    start = comma + 1;
  } while (comma < list.size());
  return names;
}

bool has_parameter(const DistributionFamily& family, std::string_view name) {
  return std::ranges::count(family.parameters, name, &stats::Parameter::name) > 0;
}

const DistributionFamily& find_fittable(const std::string& name) {
  const auto fittable = stats::fittable_families();
  const std::vector<std::string> words{"all", "continuous", "discrete"};
  require(std::ranges::count(words, name) == 0, "--families: '{}' stands alone", name);
  if (const auto word = closest_match(name, words))
    throw DomainError(
        fmt::format("--families: there is no '{}' (did you mean '{}'?)", name, *word));
  const DistributionFamily& family = stats::find_distribution_family(name);
  require(std::ranges::count(fittable, &family) > 0,
          "--families: {} has parameters that cannot be estimated", family.name);
  return family;
}

/// Those of `fixed` that a family has.
std::vector<FixedParameter> fixed_of(const DistributionFamily& family,
                                     const std::vector<FixedParameter>& fixed) {
  std::vector<FixedParameter> own;
  std::ranges::copy_if(fixed, std::back_inserter(own), [&](const FixedParameter& parameter) {
    return has_parameter(family, parameter.name);
  });
  return own;
}

/// One family's fit, or why there is none.
struct FitAttempt {
  std::optional<DistributionFit> fit = {};
  std::string why = {};
  bool stopped = false;
  bool impossible = false;  ///< the sample is beyond the support
};

FitAttempt attempt_fit(const DistributionFamily& family, const stats::FrequencyTable& sample,
                       const stats::FitOptions& options) {
  try {
    return {.fit = stats::fit_distribution(family, sample, options)};
  } catch (const InsufficientDataError& error) {
    return {.why = error.what(), .impossible = true};
  } catch (const DomainError& error) { return {.why = error.what()}; } catch (const Stopped&) {
    return {.stopped = true};
  }
}

}  // namespace

FamilyRequest parse_families(const std::string& text) {
  if (text == "all") return {};
  if (text == "continuous") return {.choice = FamilyChoice::continuous};
  if (text == "discrete") return {.choice = FamilyChoice::discrete};
  FamilyRequest request;
  for (const std::string& name : family_names(text)) {
    const DistributionFamily& family = find_fittable(name);
    if (std::ranges::count(request.named, &family) == 0) request.named.push_back(&family);
  }
  return request;
}

std::vector<FixedParameter> parse_fixed(const std::vector<std::string>& assignments,
                                        const FamilyRequest& request) {
  const auto families = request.named.empty() ? stats::fittable_families() : request.named;
  std::vector<std::string> known;
  for (const DistributionFamily* family : families)
    for (const stats::Parameter& parameter : family->parameters)
      if (std::ranges::count(known, parameter.name) == 0) known.emplace_back(parameter.name);
  std::vector<FixedParameter> fixed;
  for (const std::string& assignment : assignments) {
    const std::size_t sign = assignment.find('=');
    require(sign != std::string::npos, "--fix: '{}' is not of the form NAME=VALUE", assignment);
    const std::string name = assignment.substr(0, sign);
    require(std::ranges::count(known, name) > 0, "--fix: no family here has a parameter '{}'{}",
            name, did_you_mean(name, known));
    require(std::ranges::count(fixed, name, &FixedParameter::name) == 0, "--fix: {} is given twice",
            name);
    fixed.push_back({name, constant_expression(assignment.substr(sign + 1), "--fix")});
  }
  return fixed;
}

FitTable fit_families(stats::FrequencyTable sample, const FamilyRequest& request,
                      const std::vector<FixedParameter>& fixed, const RunControl& run) {
  const bool named = !request.named.empty();
  const auto families = named ? request.named : stats::families_to_try(sample, request.choice);
  std::vector<FitAttempt> attempts(families.size());
  math::parallel_for(
      std::ssize(families),
      [&](Index i) {
        const auto place = static_cast<std::size_t>(i);
        const DistributionFamily& family = *families[place];
        attempts[place] =
            attempt_fit(family, sample, {.fixed = fixed_of(family, fixed), .stop = run.stop});
      },
      run.threads);

  FitTable table{.sample = std::move(sample)};
  std::vector<std::string> impossible;
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    FitAttempt& each = attempts[i];
    if (each.stopped) throw Stopped();
    if (named && each.impossible) throw InsufficientDataError(each.why);
    if (named && !each.fit) throw DomainError(each.why);
    if (each.impossible)
      impossible.emplace_back(families[i]->name);
    else if (!each.fit)
      table.notes.push_back(fmt::format("left out: {}", each.why));
    else if (!named && each.fit->status != Status::converged)
      table.notes.push_back(fmt::format("left out: {}", each.fit->reason));
    else
      table.fits.push_back(std::move(*each.fit));
  }
  if (!impossible.empty())
    table.notes.push_back(fmt::format("left out, as values lie outside their support: {}",
                                      fmt::join(impossible, ", ")));
  stats::rank_fits(table.fits);
  return table;
}

}  // namespace mathtool::cli
