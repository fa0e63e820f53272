#include "cli/calculator/formula_functions.hpp"

#include "cli/calculator/distribution_functions.hpp"

namespace mathtool::cli {

using math::Expression;

const std::map<std::string, FormulaFunction, std::less<>>& formula_functions() {
  static const FormulaFunctions all = [] {
    FormulaFunctions functions;
    add_limit_functions(functions);
    add_derivative_functions(functions);
    add_gradient_functions(functions);
    add_taylor_functions(functions);
    add_symbolic_functions(functions);
    add_integral_functions(functions);
    add_equation_functions(functions);
    add_extremum_functions(functions);
    add_minimum_functions(functions);
    add_distribution_functions(functions);
    add_expectation_functions(functions);
    return functions;
  }();
  return all;
}

const std::map<std::string, ValueFunction, std::less<>>& value_functions() {
  static const ValueFunctions all = [] {
    ValueFunctions functions;
    add_matrix_functions(functions);
    add_decomposition_functions(functions);
    add_matrix_construction_functions(functions);
    add_statistic_functions(functions);
    return functions;
  }();
  return all;
}

std::vector<std::string> bound_variables(const std::string& function,
                                         const std::vector<Expression>& arguments) {
  std::vector<std::string> names;
  const auto add = [&](const Expression& argument) {
    for (const Expression& entry : entries(argument))
      if (const auto* name = entry.as<Expression::Variable>()) names.push_back(name->name);
  };
  if (arguments.size() < 2 || distribution_place(function, arguments.size()) == 0) return names;
  if (function == "lagrange") {  // the conditions come before the variables
    if (arguments.size() > 2) add(arguments[2]);
    return names;
  }
  add(arguments[1]);
  if (function == "integrate")
    for (std::size_t i = 4; i < arguments.size(); i += 3) add(arguments[i]);
  if (function == "ode" && arguments.size() > 2) add(arguments[2]);
  return names;
}

}  // namespace mathtool::cli
