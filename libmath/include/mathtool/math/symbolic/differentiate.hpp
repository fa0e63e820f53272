#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {

struct DifferentiateOptions {
  bool explain = false;  ///< fill `steps`
  /// u/v becomes u'/v - u v'/v^2 and so on: sums of products, whose like terms meet again in the
  /// next order. For derivatives that are to be differentiated.
  bool term_by_term = false;
};

/// One use of a rule.
struct DerivationStep {
  std::string rule = {};     ///< "product rule"
  std::string formula = {};  ///< d/dx [x * sin(x)] = d/dx [x] * sin(x) + x * d/dx [sin(x)]
};

struct SymbolicDerivative {
  Expression value;
  std::vector<DerivationStep> steps = {};  ///< from the whole to its parts, as they were taken
};

/// df/dx as a formula, simplified, by linearity, the rules for products, quotients and powers, and
/// the chain rule with the partial derivatives that the table gives for each function. All other
/// variables are constants.
///
/// Throws:  DomainError for what has no derivative rule: an unknown function, a matrix, an
/// equation.
SymbolicDerivative differentiate(const Expression& f, std::string_view x,
                                 const FunctionTable& functions = elementary_functions(),
                                 const DifferentiateOptions& options = {});

}  // namespace mathtool::math
