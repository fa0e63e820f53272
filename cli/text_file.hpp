#pragma once

#include <string>

namespace mathtool::cli {

/// All of a file, or of stdin for "-", unpacked. Throws: DataError.
std::string read_text(const std::string& path);

}  // namespace mathtool::cli
