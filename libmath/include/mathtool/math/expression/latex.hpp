#pragma once

#include <string>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

/// A formula for LaTeX's mathematical mode, of amsmath alone:
///     sqrt(x)/(2*alpha) + abs(y)        \frac{\sqrt{x}}{2 \alpha} + \left|y\right|
/// The signs of products are left out where nothing else can be read. Names of more than one letter
/// stand upright, a number or single letter behind `_` as index; what LaTeX would take for a
/// command is escaped.
std::string to_latex(const Expression& expression);

}  // namespace mathtool::math
