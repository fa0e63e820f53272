#pragma once

#include <string>

namespace mathtool::cli {

/// Whether a file of this name is to hold an array.
inline bool is_npy_path(const std::string& path) { return path.ends_with(".npy"); }

}  // namespace mathtool::cli
