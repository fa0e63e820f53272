#pragma once

#include <cstdint>

#include "mathtool/data/array.hpp"
#include "mathtool/data/input.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::data {

/// Reads an NPY file, version 1 to 3, either byte order, C or Fortran order; booleans, integers and
/// floating-point numbers of every size become doubles, rounded to nearest where they have more
/// digits. Of an NPZ archive, the Input chooses the array.
/// Throws: DataError that names the byte and what was expected there: no NPY file, a damaged
///         header, complex or other elements, too few or too many bytes; InsufficientDataError for
///         a single number without dimensions.
/// Cost:   memory for the doubles, twice that in Fortran order; never for what only a header
/// claims. Ref:    NumPy Enhancement Proposal 1.
NumericArray read_npy(Input input);

/// Writes a table as an NPY file, version 1.0, row after row: float64, little endian, C order. The
/// header comes first and `out` may be a pipe, so the number of rows is to be known.
class NpyWriter {
 public:
  /// Pre: rows ≥ 0, columns ≥ 0; `out` outlives the writer.
  NpyWriter(OutputFile& out, std::int64_t rows, Index columns);

  /// Pre: as many columns as announced.  Throws: DimensionError; what OutputFile throws.
  void write(RowMatRef rows);

  /// Once, behind the last row; then the file can be committed.
  /// Throws: DimensionError when there were not as many rows as announced.
  void finish();

 private:
  OutputFile& out_;
  std::int64_t rows_, written_ = 0;
  Index columns_;
};

/// Writes an array as an NPY file: float64, little endian, C order.
/// Pre: as many values as the shape says.  Throws: DimensionError; what OutputFile throws.
void write_npy(OutputFile& out, const NumericArray& array);

}  // namespace mathtool::data
