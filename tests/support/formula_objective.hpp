#pragma once

#include <string>
#include <vector>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/expression_objective.hpp"

namespace mathtool::test {

/// A formula as an objective of these variables.
inline opt::ExpressionObjective formula(const char* text, const std::vector<std::string>& names) {
  return {math::parse_expression(text).expression, names};
}

}  // namespace mathtool::test
