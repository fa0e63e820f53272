#pragma once

#include <string_view>

namespace mathtool::cli {

/// Writes to standard error at once. Where nobody listens, nothing happens.
void write_stderr(std::string_view text);

/// The same for one line: control characters are shown as escapes, so that a line stays a line.
void write_stderr_line(std::string_view line);

}  // namespace mathtool::cli
