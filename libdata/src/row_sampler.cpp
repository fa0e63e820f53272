#include "row_sampler.hpp"

#include <algorithm>

namespace mathtool::data {
namespace {

constexpr std::size_t margin = 16;  // kernels look before the text

}  // namespace

const double* RowSampler::read_numbers(const Record& record, std::size_t columns) {
  return find_cells(record.text, columns) && read_cells(columns) == 0 ? values_.data() : nullptr;
}

const std::vector<SampledCell>& RowSampler::read(const Record& record, std::size_t columns) {
  row_.clear();
  if (find_cells(record.text, columns))
    read_regular(record.text, columns);
  else
    read_by_field(record.text, columns);
  return row_;
}

/// Whether the record is a regular one of so many cells.
bool RowSampler::find_cells(std::string_view record, std::size_t columns) {
  if (dialect_.blank_separated() || !cells_.plain_numbers_are_values()) return false;
  text_.resize(margin + record.size() + 1);
  std::copy(record.begin(), record.end(), text_.begin() + margin);
  text_.back() = dialect_.line_end;
  const std::string_view text(text_.data() + margin, record.size() + 1);
  find_structure(text, dialect_, kernels_, structure_);
  return structure_.plain && structure_.dividers.size() == columns + 1;
}

/// Reads the plain numbers and returns how many cells are none.
std::size_t RowSampler::read_cells(std::size_t columns) {
  values_.resize(columns);
  unread_.resize(columns);
  const std::uint32_t* divider = structure_.dividers.begin();
  return kernels_.read_decimals(text_.data() + margin, {divider, divider + 1, columns},
                                dialect_.decimal, values_.data(), unread_.data());
}

void RowSampler::read_regular(std::string_view record, std::size_t columns) {
  const std::size_t left = read_cells(columns);
  const std::uint32_t* divider = structure_.dividers.begin();
  for (std::size_t j = 0; j < columns; ++j) {
    const std::uint32_t begin = divider[j] + 1;
    row_.push_back({FieldCursor(record.substr(begin, divider[j + 1] - begin), dialect_),
                    CellKind::number, values_[j]});
  }
  for (std::size_t i = 0; i < left; ++i) {
    SampledCell& cell = row_[unread_[i]];
    cell.kind = cells_.understand(FieldCursor(cell.place).next(), cell.value);
  }
}

void RowSampler::read_by_field(std::string_view record, std::size_t columns) {
  for (FieldCursor cursor(record, dialect_); !cursor.done() && row_.size() <= columns;) {
    SampledCell cell{.place = cursor};
    cell.kind = cells_.take(cursor, cell.value);
    row_.push_back(cell);
  }
}

}  // namespace mathtool::data
