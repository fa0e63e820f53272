#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "cell_reader.hpp"
#include "record_scanner.hpp"
#include "text_kernels.hpp"
#include "text_structure.hpp"

namespace mathtool::data {

/// A cell of a row of the sample.
struct SampledCell {
  FieldCursor place;  ///< before it
  CellKind kind = CellKind::number;
  double value = 0.0;
};

/// Reads all cells of one row after the other: by the kernels that read the table where a row is
/// regular, else field by field.
class RowSampler {
 public:
  RowSampler(const TextDialect& dialect, const CellReader& cells)
      : dialect_(dialect), cells_(cells) {}

  /// The values of a record whose `columns` cells are all plain numbers, else null. Valid until the
  /// next call.
  const double* read_numbers(const Record& record, std::size_t columns);

  /// The cells of a record, as many as there are up to one more than `columns`. Valid until the
  /// next call.
  const std::vector<SampledCell>& read(const Record& record, std::size_t columns);

 private:
  bool find_cells(std::string_view record, std::size_t columns);
  std::size_t read_cells(std::size_t columns);
  void read_regular(std::string_view record, std::size_t columns);
  void read_by_field(std::string_view record, std::size_t columns);

  TextDialect dialect_;
  const CellReader& cells_;
  const TextKernels& kernels_ = text_kernels();
  std::vector<SampledCell> row_ = {};
  // Work space for a regular row.
  std::vector<char> text_ = {};
  TextStructure structure_ = {};
  std::vector<double> values_ = {};
  std::vector<std::uint32_t> unread_ = {};
};

}  // namespace mathtool::data
