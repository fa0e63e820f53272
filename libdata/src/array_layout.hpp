#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

/// How one number of an array is stored.
struct ElementFormat {
  enum class Kind { boolean, integer, unsigned_integer, real };
  Kind kind = Kind::real;
  int size = 8;  ///< bytes
  std::endian order = std::endian::native;

  bool operator==(const ElementFormat&) const = default;
};

enum class ArrayOrder {
  by_rows,    ///< all columns of the first row, then those of the second
  by_columns  ///< all rows of one column, then those of another
};

/// What the header of an array file says.
struct ArrayLayout {
  ElementFormat element = {};
  bool fortran_order = false;  ///< the first index runs fastest, not the last one
  std::vector<Index> shape = {};
  std::int64_t first_byte = 0;  ///< of the numbers, in the file

  /// As a table: the first dimension is the rows, the others together are the columns.
  /// Pre: at least one dimension.
  Index rows() const { return shape.front(); }
  Index columns() const;
  std::int64_t size() const;  ///< of the numbers in bytes
  ArrayOrder order() const;
};

/// "float64 in C order, 50 x 3".
std::string describe(const ArrayLayout& layout);

/// Where each column stands among the columns of an array that is stored by columns: the first of
/// their indices runs fastest there, the last one in a table. Pre: at least one dimension.
std::vector<Index> strips_of_columns(const ArrayLayout& layout);

/// Throws: DataError, at `byte` of `name`, when a dimension is negative or the array's size in
/// bytes
///         exceeds 2⁶³; InsufficientDataError when there is no dimension.
void check_shape(const ArrayLayout& layout, const std::string& name, std::int64_t byte);

}  // namespace mathtool::data
