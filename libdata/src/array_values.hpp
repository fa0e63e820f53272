#pragma once

#include "array_layout.hpp"
#include "mathtool/data/array.hpp"
#include "mathtool/data/input.hpp"

namespace mathtool::data {

/// Reads the array behind the header that `input` has just given, to the end of the file.
/// Throws: DataError for too few or too many bytes.
NumericArray read_numbers(Input& input, const ArrayLayout& layout);

/// The same, rounded to float piece by piece.
Array<float> read_floats(Input& input, const ArrayLayout& layout);

/// Pre: unsigned bytes.
ByteArray read_bytes(Input& input, const ArrayLayout& layout);

}  // namespace mathtool::data
