#pragma once

#include "cli/calculator/bound_formula.hpp"
#include "cli/calculator/calculator.hpp"

namespace mathtool::cli {

using FormulaFunctions = std::map<std::string, FormulaFunction, std::less<>>;
using ValueFunctions = std::map<std::string, ValueFunction, std::less<>>;

// Each adds the functions of one chapter.

void add_limit_functions(FormulaFunctions& functions);
void add_derivative_functions(FormulaFunctions& functions);
void add_gradient_functions(FormulaFunctions& functions);
void add_taylor_functions(FormulaFunctions& functions);
void add_symbolic_functions(FormulaFunctions& functions);
void add_integral_functions(FormulaFunctions& functions);
void add_equation_functions(FormulaFunctions& functions);
void add_extremum_functions(FormulaFunctions& functions);
void add_minimum_functions(FormulaFunctions& functions);
void add_distribution_functions(FormulaFunctions& functions);
void add_expectation_functions(FormulaFunctions& functions);

void add_matrix_functions(ValueFunctions& functions);
void add_decomposition_functions(ValueFunctions& functions);
void add_matrix_construction_functions(ValueFunctions& functions);
void add_statistic_functions(ValueFunctions& functions);

}  // namespace mathtool::cli
