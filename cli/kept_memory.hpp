#pragma once

#include <cstdint>
#include <string>

namespace mathtool::cli {

/// Throws: DataError, with what needs so many numbers of 8 bytes, where they exceed --memory.
void require_memory(double numbers, std::int64_t memory, const std::string& what);

}  // namespace mathtool::cli
