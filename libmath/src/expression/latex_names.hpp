#pragma once

#include <string>
#include <string_view>

namespace mathtool::math {

/// A variable: x, \alpha, x_{1}, \mathrm{speed}.
std::string latex_name(std::string_view name);

/// The name of a function as it stands before its parentheses: \sin, \operatorname{digamma}.
std::string latex_function(std::string_view name);

/// Whether sin^{2}(x) is how the square of such a function is written.
bool is_raised_by_name(std::string_view function);

/// Any text, upright, with blanks kept and LaTeX's own signs escaped.
std::string latex_text(std::string_view text);

}  // namespace mathtool::math
