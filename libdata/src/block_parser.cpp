#include "block_parser.hpp"

#include <limits>
#include <map>

#include "mathtool/math/error.hpp"
#include "table_faults.hpp"

namespace mathtool::data {

BlockParser::BlockParser(std::string table, const TableSchema& schema, const TextDialect& dialect,
                         const ReadOptions& options, const ColumnSelection& selection,
                         Index rows_per_chunk)
    : table_(std::move(table)),
      schema_(schema),
      dialect_(dialect),
      cells_(options),
      bad_rows_(options.bad_rows),
      numbers_per_row_(std::ssize(selection.numbers)),
      texts_per_row_(std::ssize(selection.texts)),
      rows_per_chunk_(rows_per_chunk) {
  std::map<Index, Target> by_column;
  const auto place = [](std::optional<Index>& taken, Index column, Index i) {
    require(!taken, "ColumnSelection: column {} is asked for twice", column);
    taken = i;
  };
  for (Index i = 0; i < numbers_per_row_; ++i) {
    const Index column = selection.numbers[static_cast<std::size_t>(i)];
    place(by_column[column].number, column, i);
  }
  for (Index i = 0; i < texts_per_row_; ++i) {
    const Index column = selection.texts[static_cast<std::size_t>(i)];
    place(by_column[column].text, column, i);
  }
  for (auto& [column, target] : by_column) {
    target.column = column;
    targets_.push_back(target);
  }
}

RowBlock BlockParser::parse(const TextChunk& chunk) const {
  RowBlock block;
  block.first_row = chunk.first_row;
  block.numbers.resize(rows_per_chunk_, numbers_per_row_);
  block.texts.resize(static_cast<std::size_t>(rows_per_chunk_ * texts_per_row_));
  const bool has_nul = chunk.text.find('\0') != std::string::npos;
  RecordScanner scanner(chunk.text, dialect_, chunk.first_line, TextEnd::of_table);
  while (const auto record = scanner.next()) {
    if (has_nul)
      if (const auto fault = nul_fault(table_, *record)) throw DataError(*fault);
    const Index row = block.rows();
    double* numbers = block.numbers.data() + row * numbers_per_row_;
    std::string* texts = block.texts.data() + row * texts_per_row_;
    if (parse_row(record->text, numbers, texts))
      block.lines.push_back(record->line);
    else
      reject(*record, block);
  }
  if (chunk.failure) std::rethrow_exception(chunk.failure);
  if (block.rows() < rows_per_chunk_) {
    block.numbers.conservativeResize(block.rows(), numbers_per_row_);
    block.texts.resize(static_cast<std::size_t>(block.rows() * texts_per_row_));
  }
  return block;
}

/// Whether the record is sound, as far as the selected columns go; `reject` tells what is wrong.
bool BlockParser::parse_row(std::string_view record, double* numbers, std::string* texts) const {
  FieldCursor cursor(record, dialect_);
  Index column = 0;
  for (const Target& target : targets_) {
    for (; column < target.column; ++column)
      if (cursor.done() || !cursor.skip()) return false;
    if (cursor.done()) return false;
    ++column;
    CellKind kind;
    double value;
    if (target.text) {
      const Field field = cursor.next();
      if (!field.well_formed) return false;
      texts[*target.text] = field.content();
      kind = cells_.understand(field, value);
    } else {
      kind = cells_.take(cursor, value);
    }
    if (!target.number) continue;
    if (kind == CellKind::number)
      numbers[*target.number] = value;
    else if (kind == CellKind::missing)
      numbers[*target.number] = std::numeric_limits<double>::quiet_NaN();
    else
      return false;
  }
  for (; !cursor.done(); ++column)
    if (!cursor.skip()) return false;
  return column == std::ssize(schema_.columns);
}

void BlockParser::reject(const Record& record, RowBlock& block) const {
  const auto fault = structure_fault(table_, record, dialect_, std::ssize(schema_.columns));
  if (!fault) return throw_cell_fault(record);
  require<DataError>(bad_rows_ == BadRows::skip, "{}{}", *fault, skip_remedy);
  if (block.bad_rows++ == 0) block.first_bad_row = *fault;
}

void BlockParser::throw_cell_fault(const Record& record) const {
  FieldCursor cursor(record.text, dialect_);
  Index column = 0;
  for (const Target& target : targets_) {
    for (; column < target.column; ++column) cursor.skip();
    const Field field = cursor.next();
    ++column;
    double value;
    const CellKind kind = cells_.understand(field, value);
    if (!target.number || kind == CellKind::number || kind == CellKind::missing) continue;
    const auto& name = schema_.columns[static_cast<std::size_t>(target.column)].name;
    const std::string fault = cell_fault(table_, record.line, name, kind, field.content());
    if (kind == CellKind::text) throw DataError(fault);
    throw InsufficientDataError(fault);
  }
}

}  // namespace mathtool::data
