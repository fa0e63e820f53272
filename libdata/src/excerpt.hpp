#pragma once

#include <string>
#include <string_view>

namespace mathtool::data {

/// A text as it can stand in a one-line message: at most about 40 bytes of it, control characters
/// escaped.
std::string excerpt(std::string_view text);

}  // namespace mathtool::data
