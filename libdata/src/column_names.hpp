#pragma once

#include <string>
#include <vector>

namespace mathtool::data {

/// Makes column names usable: empty ones become x<position>, repeated ones a, a_2, a_3.
/// Returns: a note that tells which names were repeated; empty when none was.
std::string make_names_unique(std::vector<std::string>& names);

}  // namespace mathtool::data
