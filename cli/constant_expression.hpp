#pragma once

#include <string>
#include <string_view>

namespace mathtool::cli {

/// The value of an expression without variables, such as -2pi or 1e-9/3. `source` names in messages
/// where it was given. Throws: FormulaError, DomainError.
double constant_expression(const std::string& text, std::string_view source);

}  // namespace mathtool::cli
