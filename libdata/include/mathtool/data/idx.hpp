#pragma once

#include "mathtool/data/array.hpp"
#include "mathtool/data/input.hpp"

namespace mathtool::data {

/// Reads an IDX file, the format of MNIST: bytes, integers of 8, 16 and 32 bits and floating-point
/// numbers of 32 and 64 bits, any number of dimensions.
/// Throws: DataError that names the byte and what was expected there: no IDX file, an unknown type,
///         too few or too many bytes; InsufficientDataError for a file without dimensions.
/// Cost:   memory for the doubles; never for what only a header claims.
/// Ref:    LeCun, Cortes, Burges, The MNIST database of handwritten digits.
NumericArray read_idx(Input input);

/// The same, of unsigned bytes alone, which stay bytes: pixels and labels in an eighth of the
/// memory. Throws: as `read_idx`, and DataError for elements of another type.
ByteArray read_idx_bytes(Input input);

}  // namespace mathtool::data
