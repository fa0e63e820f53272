#pragma once

#include <string>

namespace mathtool::data {

/// What the system says about an errno value, as the end of a sentence: "permission denied".
std::string system_reason(int error);

}  // namespace mathtool::data
