#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::cli {

/// What a verb says of a distribution, at a number or as a whole.
using VerbValue = std::variant<double, stats::Interval>;

/// A verb of `mathtool dist`, which is a function of the same name in the calculator too.
struct DistributionVerb {
  /// What stands behind it.
  enum class Operand { none, value, probability, level };

  std::string_view name;
  Operand operand;
  std::string_view meaning;
  VerbValue (*apply)(const stats::AnyDistribution& d, double x);
};

std::span<const DistributionVerb> distribution_verbs();

/// Throws: DomainError with the nearest name where there is none of that name.
const DistributionVerb& find_distribution_verb(std::string_view name);

/// Throws: DomainError where x is NaN, or a probability or level out of its range.
VerbValue apply_verb(const DistributionVerb& verb, const stats::AnyDistribution& d, double x);

}  // namespace mathtool::cli
