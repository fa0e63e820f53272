#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "cli/series/plot_content.hpp"

namespace mathtool::cli {

/// "-5:5" or "0:2pi" as limits.
/// Throws: DomainError unless both are finite numbers and the first is less.
Limits parse_range(const std::string& text);

/// The graphs of expressions in one variable, whatever its name, over a range of it. One without a
/// finite value there is noted.
/// Throws: DomainError for what cannot be read or evaluated, and for two variables or more.
PlotContent expression_curves(const std::vector<std::string>& expressions, const Limits& range,
                              Mark mark);

}  // namespace mathtool::cli
