#pragma once

#include <string>

#include "cli/calculator/value.hpp"

namespace mathtool::cli {

/// A value in the mathematics of LaTeX: fractions, matrices, formulas; empty for text, and for what
/// has no value.
std::string latex_value(const Value& value);

}  // namespace mathtool::cli
