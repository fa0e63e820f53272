#pragma once

#include <string>
#include <string_view>

#include "npy_header.hpp"

namespace mathtool::data {

/// Every IDX file begins so; no text does.
inline constexpr std::string_view idx_magic("\0\0", 2);

/// Reads the header of an IDX file; the array's bytes are next.
/// Throws: DataError that names the byte and what was expected there; InsufficientDataError for an
///         array without dimensions.
/// Ref:    LeCun, Cortes, Burges, The MNIST database of handwritten digits.
ArrayLayout read_idx_header(ReadBytes read, const std::string& name);

}  // namespace mathtool::data
