#pragma once

#include <cstdint>
#include <string>

namespace mathtool::cli {

/// Throws: DataError, with what needs so many numbers of 8 bytes and what can be done, where they
///         exceed --memory.
void require_memory(
    double numbers, std::int64_t memory, const std::string& what,
    const std::string& remedy = "allow more with --memory, or take fewer columns with -c");

}  // namespace mathtool::cli
