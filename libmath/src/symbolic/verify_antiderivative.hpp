#pragma once

#include <string>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {

/// Whether dF/dx is f: at random points where f is defined both are computed with 50 digits and
/// agree to 30; other variables are given random positive values. Where a function has no 50
/// digits, the formulas themselves must be equal once simplified.
bool differentiates_back(const Expression& antiderivative, const Expression& f,
                         const std::string& x, const FunctionTable& functions);

}  // namespace mathtool::math
