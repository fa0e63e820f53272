#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/distribution/distribution_verbs.hpp"
#include "mathtool/math/expression/scalar_program.hpp"

namespace mathtool::cli {

/// The verb of this name; null where there is none.
const DistributionVerb* distribution_verb(std::string_view name);

/// Whether a call is that of a verb whose first argument is written as a distribution:
/// cdf(normal(0, 1), x), mean(gamma(2)).
bool is_verb_of_distribution(const math::Expression::Call& call);

/// Whether there is such a call anywhere in the formula.
bool has_verb_of_distribution(const math::Expression& formula);

/// The formula with its distributions as DistributionFormula::expression() writes them: no name is
/// left in it that is none of a number. Every verb is one of a distribution here.
/// Throws: DomainError as DistributionFormula does.
math::Expression with_plain_distributions(const math::Expression& formula);

/// A formula with plain distributions as one of numbers alone: each verb that gives a number, as
/// cdf(normal(a, 2), x), is a function of a, 2 and x of its own, which joins `functions`; of x
/// alone, and the distribution made once, where the parameters do not depend on `variables`. It is
/// NaN where a parameter is out of its range. Throws: DomainError for constant parameters that are.
math::Expression with_numeric_verbs(const math::Expression& formula,
                                    std::span<const std::string> variables,
                                    math::ScalarFunctions<double>& functions);

}  // namespace mathtool::cli
