#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/stats/any_distribution.hpp"
#include "mathtool/stats/multivariate_distribution.hpp"

namespace mathtool::stats {

/// What may stand for a parameter in a specification.
using Argument = std::variant<double, std::vector<double>, std::vector<std::vector<double>>,
                              AnyDistribution, std::vector<AnyDistribution>>;

/// A row of the registry: what `parse_distribution`, `mathtool dist`, its help, `fitdist`, the laws
/// and docs/distributions.md know of a distribution.
template <class Any>
struct Family {
  std::string_view name;
  std::vector<std::string_view> aliases;
  std::string_view summary;  ///< one line
  std::span<const Parameter> parameters;
  Any (*make)(std::span<const Argument> arguments);  ///< in the parameters' forms
};

using DistributionFamily = Family<AnyDistribution>;
using MultivariateFamily = Family<AnyMultivariate>;

/// All of them, in the order of the documentation.
std::span<const DistributionFamily> distribution_families();
std::span<const MultivariateFamily> multivariate_families();

/// Throws: DomainError with the nearest name where there is none of that name.
const DistributionFamily& find_distribution_family(std::string_view name);

/// Null where there is none of that name.
const MultivariateFamily* find_multivariate_family(std::string_view name);

/// The distribution that a specification means:
///     family(argument, ..., name=argument, ...)
/// with positional arguments before named ones, standards for what is left out; an argument is a
/// number (also -1/3), a list [a, b, ...], a matrix [[a, b], [c, d]] or again a specification.
/// "normal" is "normal()".
/// Throws: DomainError that shows the place and what was expected.
AnyDistribution parse_distribution(std::string_view text);

/// The same for distributions of vectors too.
std::variant<AnyDistribution, AnyMultivariate> parse_any_distribution(std::string_view text);

}  // namespace mathtool::stats
