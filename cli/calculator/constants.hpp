#pragma once

#include "cli/calculator/calculator.hpp"

namespace mathtool::cli {

/// The names that mean something from the start: pi, e, i, inf and nan. Whoever defines them again
/// hides them.
const Scope& constants();

}  // namespace mathtool::cli
