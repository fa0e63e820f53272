#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "field_cursor.hpp"
#include "mathtool/data/read_options.hpp"

namespace mathtool::data {

enum class CellKind {
  number,
  missing,
  infinite,   ///< "inf", "-Infinity"
  too_large,  ///< a decimal beyond the largest double
  text        ///< none of these, or malformed quoting
};

/// Understands cells as numbers. Blanks around them and quotes do not matter.
class CellReader {
 public:
  explicit CellReader(const ReadOptions& options);

  /// Takes the next field of `cursor`; `value` is set for a number. Pre: not done.
  CellKind take(FieldCursor& cursor, double& value) const {
    if (plain_numbers_are_values_ && cursor.take_number(value)) return CellKind::number;
    return understand(cursor.next(), value);
  }

  CellKind understand(const Field& field, double& value) const;

  /// No missing token looks like a number, "-999" for instance.
  bool plain_numbers_are_values() const { return plain_numbers_are_values_; }

 private:
  std::vector<std::string> missing_;
  char decimal_;
  bool plain_numbers_are_values_;
};

}  // namespace mathtool::data
