#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "mathtool/data/array.hpp"
#include "mathtool/data/input.hpp"

namespace mathtool::data {

/// Numbers in single precision, the last index running fastest: unsigned bytes stay bytes, all
/// others become floats.
struct SingleArray {
  std::vector<Index> shape = {};
  std::variant<std::vector<std::uint8_t>, std::vector<float>> values = {};
  bool is_idx = false;  ///< whether it came from an IDX file, else from NPY
};

/// Reads an IDX, NPY or NPZ file, whichever its first bytes tell.
/// Throws: InsufficientDataError for an empty file; DataError for one that is neither, and as
///         `read_idx` and `read_npy` do.
/// Cost:   memory for the bytes or floats, twice that in Fortran order; never for what only a
///         header claims.
SingleArray read_single_array(Input input);

/// The same in doubles.
NumericArray read_array(Input input);

}  // namespace mathtool::data
