#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "array_layout.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::data {

/// Fills a buffer with the next bytes; returns less than its size only at the end.
using ReadBytes = FunctionRef<std::size_t(std::span<char>)>;

inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// Reads the header of an NPY file, version 1 to 3; the array's bytes are next.
/// Throws: DataError that names the byte and what was expected there, and for elements that are no
///         real numbers; InsufficientDataError for an array without dimensions.
/// Ref:    NumPy Enhancement Proposal 1.
ArrayLayout read_npy_header(ReadBytes read, const std::string& name);

}  // namespace mathtool::data
