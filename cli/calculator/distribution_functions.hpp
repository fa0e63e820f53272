#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"
#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::cli {

/// The place among the arguments of a function at which a distribution stands; none of a function
/// of other things. mean, sd and median may have numbers there.
std::optional<std::size_t> distribution_place(const std::string& function, std::size_t arguments);

/// Whether an argument at such a place is a distribution. A name alone is none where it is `known`
/// to stand for something else; nor is a call where numbers can stand, too, and the name is that
/// of a function of the user's.
bool means_distribution(const Calculator& calculator, const std::string& function,
                        const math::Expression& argument, bool known);

/// The distribution that an argument means. Throws: FormulaError where it means none; DomainError
/// for parameters out of their range.
stats::AnyDistribution distribution_of(Calculator& calculator, const math::Expression& argument,
                                       const Scope& scope);

/// The same distribution with everything known put into its parameters.
math::Expression closed_distribution(
    const math::Expression& argument,
    FunctionRef<math::Expression(const math::Expression& parameter)> closed);

}  // namespace mathtool::cli
