#pragma once

#include <string_view>

namespace mathtool::opt {

/// What a method is built on; the order is that of help.
enum class MethodKind { rule, line_search, newton, derivative_free, global, automatic };

std::string_view to_string(MethodKind kind);

}  // namespace mathtool::opt
