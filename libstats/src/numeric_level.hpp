#pragma once

#include <optional>
#include <string>

namespace mathtool::stats {

/// The number that the text of a level is, if it is one from end to end; NaN is none.
std::optional<double> numeric_level(const std::string& text);

}  // namespace mathtool::stats
