#pragma once

#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::cli {

/// The formula with everything known put in. With `symbols`, where the result is a formula, too,
/// other names stand for themselves.
math::Expression closed_symbolic(Calculator& calculator, const math::Expression& f,
                                 const Scope& scope, std::vector<std::string> bound, bool symbols);

/// The functions that have rules: those of numbers, and the verbs of distributions by their
/// numbers.
const math::FunctionTable& functions_with_rules();

/// math::differentiate with these. Throws: DomainError where there is no rule, as for a discrete
/// distribution.
math::SymbolicDerivative differentiated(const math::Expression& f, const std::string& x,
                                        const math::DifferentiateOptions& options = {});

/// The n-th derivative by x of a closed formula, by rules. Throws: DomainError where none leads to
/// it.
math::Expression derivative(Calculator& calculator, math::Expression f, const std::string& x,
                            long long n);

/// A formula in x; its value, where a function of the user has bound x to a number here.
Value at_scope(Calculator& calculator, const math::Expression& formula, const std::string& x,
               const Scope& scope);

/// A closed formula without variables, to double precision: what 50 and 100 digits agree on.
double number_at(Calculator& calculator, const math::Expression& closed);

}  // namespace mathtool::cli
