#pragma once

#include <string>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::cli {

/// Throws: FormulaError that points to where the formula stands in the line, if that is known.
[[noreturn]] void refuse(const math::Expression& expression, const std::string& message);

/// Throws: DomainError if the function does not take so many arguments.
void require_count(const std::string& function, std::size_t count, int least, int most);

}  // namespace mathtool::cli
