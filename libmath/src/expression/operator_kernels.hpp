#pragma once

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {

/// What an operator does to numbers: of one or two arguments. Chains are folded from the left.
/// Empty where numbers have no such operator.
const Kernel& kernel_of(Operator op);

}  // namespace mathtool::math
