#pragma once

#include <string>
#include <vector>

#include "mathtool/stats/distribution_fit.hpp"

namespace mathtool::cli {

/// What --families asks for.
struct FamilyRequest {
  stats::FamilyChoice choice = stats::FamilyChoice::automatic;
  std::vector<const stats::DistributionFamily*> named = {};  ///< instead of a choice, if not empty
};

/// "all", "continuous", "discrete", or names as in "gamma,weibull".
/// Throws: DomainError with the nearest name, also for a family that cannot be fitted.
FamilyRequest parse_families(const std::string& text);

/// "scale=2", "scale=1/3".
/// Throws: DomainError unless some family that may be asked for has such a parameter.
std::vector<stats::FixedParameter> parse_fixed(const std::vector<std::string>& assignments,
                                               const FamilyRequest& request);

/// The fits of several families to one sample.
struct FitTable {
  stats::FrequencyTable sample = {};
  std::vector<stats::DistributionFit> fits = {};  ///< best first
  std::vector<std::string> notes = {};            ///< what was left out, and why
};

/// Fits what `request` asks for. Of families by choice those that cannot be fitted are left out; of
/// families by name those without a maximum stay, behind the others.
/// Pre:     two different values in the sample.
/// Throws:  InsufficientDataError for a named family that cannot have made the sample; DomainError
///          for a fixed parameter that a named family cannot have.
FitTable fit_families(stats::FrequencyTable sample, const FamilyRequest& request,
                      const std::vector<stats::FixedParameter>& fixed, const RunControl& run);

}  // namespace mathtool::cli
