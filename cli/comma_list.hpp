#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mathtool::cli {

/// The parts of a text between commas outside of brackets and quotes; at least one.
std::vector<std::string> divide_at_commas(std::string_view text);

}  // namespace mathtool::cli
