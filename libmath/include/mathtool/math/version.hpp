#pragma once

#include <string_view>

namespace mathtool {

/// MAJOR.MINOR.PATCH after Semantic Versioning, of the library that is linked.
std::string_view version();

}  // namespace mathtool
