#include "block_parser.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "blank_line.hpp"
#include "mathtool/math/error.hpp"
#include "table_faults.hpp"

namespace mathtool::data {
namespace {

/// So many numbers are read at once: enough to be quick, not too many for the first cache.
constexpr std::size_t most_pending = 2048;

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

std::vector<bool> mark_columns(const std::vector<Index>& selected, Index columns) {
  std::vector<bool> marked(static_cast<std::size_t>(columns));
  for (const Index column : selected) {
    auto mark = marked[static_cast<std::size_t>(column)];
    require(!mark, "ColumnSelection: column {} is asked for twice", column);
    mark = true;
  }
  return marked;
}

void append_text(const Field& field, TextCells& texts) {
  if (field.has_escapes)
    texts.push_back(field.content());
  else
    texts.push_back(field.text);
}

}  // namespace

BlockParser::BlockParser(std::string table, const TableSchema& schema, const TextDialect& dialect,
                         const ReadOptions& options, const ColumnSelection& selection,
                         Index rows_per_chunk, const TextKernels& kernels)
    : table_(std::move(table)),
      schema_(schema),
      dialect_(dialect),
      cells_(options),
      bad_rows_(options.bad_rows),
      selection_(selection),
      is_number_(mark_columns(selection.numbers, columns())),
      is_text_(mark_columns(selection.texts, columns())),
      rows_per_chunk_(rows_per_chunk),
      kernels_(kernels) {
  for (std::size_t i = 0; i < selection.numbers.size(); ++i) {
    const Index column = selection.numbers[i];
    if (column + 1 == columns()) last_column_ = i;
    if (i == 0 || column != selection.numbers[i - 1] + 1) number_runs_.push_back({column, 0});
    ++number_runs_.back().count;
  }
}

RowBlock BlockParser::parse(const TextChunk& chunk) const {
  RowBlock block;
  block.first_row = chunk.first_row;
  block.numbers.resize(rows_per_chunk_, numbers_per_row());
  block.lines.reserve(static_cast<std::size_t>(rows_per_chunk_));
  const std::shared_ptr<Workspace> workspace = workspaces_.take();
  TextStructure& structure = workspace->structure;
  structure.plain = false;
  if (!dialect_.blank_separated()) find_structure(chunk.text, dialect_, kernels_, structure);
  if (structure.plain)
    parse_plain(chunk, structure, workspace->batch, block);
  else
    parse_carefully(chunk, block);
  if (chunk.failure) std::rethrow_exception(chunk.failure);
  if (block.rows() < rows_per_chunk_)
    block.numbers.conservativeResize(block.rows(), Eigen::NoChange);
  return block;
}

void BlockParser::Batch::clear() {
  records.clear();
  before.clear();
  end.clear();
}

/// Rows of the right number of fields need no closer look, apart from numbers that are not plain.
void BlockParser::parse_plain(const TextChunk& chunk, const TextStructure& structure, Batch& batch,
                              RowBlock& block) const {
  batch.clear();                                              // of what a failure left
  const std::uint32_t* divider = structure.dividers.begin();  // before the row
  const std::uint32_t* quoted = structure.quoted_line_ends.begin();
  std::uint32_t begin = 0;
  std::int64_t line = chunk.first_line;
  for (const std::uint32_t end : structure.line_ends) {
    const std::string_view text = chunk.text.substr(begin, end - begin);
    const Record record{without_carriage_return(text, dialect_), line};
    const bool even = structure.dividers.end() - divider > columns() && divider[columns()] == end;
    const bool blank = (!even || columns() == 1) && is_blank_line(record.text, dialect_);
    if (even && !blank) {
      take_row(record, divider, chunk.text, batch, block);
      if (batch.end.size() >= most_pending) read_numbers(chunk.text, batch, block);
    } else if (!blank) {
      read_numbers(chunk.text, batch, block);  // first, for what is wrong with them
      reject(record, block);
    }
    for (++line; quoted < structure.quoted_line_ends.end() && *quoted < end; ++quoted) ++line;
    divider = even ? divider + columns() : std::find(divider, structure.dividers.end(), end);
    begin = end + 1;
  }
  read_numbers(chunk.text, batch, block);
}

/// A row of the right number of fields: `divider` and those behind it are around its fields.
void BlockParser::take_row(const Record& record, const std::uint32_t* divider,
                           std::string_view text, Batch& batch, RowBlock& block) const {
  const auto numbers = static_cast<std::size_t>(numbers_per_row());
  batch.before.reserve_more(numbers);
  batch.end.reserve_more(numbers);
  std::uint32_t* before = batch.before.end();
  std::uint32_t* end = batch.end.end();
  for (const auto& [first, count] : number_runs_) {
    before = std::copy_n(divider + first, count, before);
    end = std::copy_n(divider + first + 1, count, end);
  }
  // The last field ends with the record, before a '\r'.
  const auto record_end =
      static_cast<std::uint32_t>(record.text.data() + record.text.size() - text.data());
  if (last_column_) batch.end.end()[*last_column_] = record_end;
  batch.before.grow(numbers);
  batch.end.grow(numbers);
  for (const Index column : selection_.texts) {
    const std::uint32_t begin = divider[column] + 1;
    const std::uint32_t behind = column + 1 < columns() ? divider[column + 1] : record_end;
    append_text(only_field(text.substr(begin, behind - begin), dialect_), block.texts);
  }
  block.lines.push_back(record.line);
  batch.records.push_back(record);
}

/// Reads the numbers of the batch into the last rows of the block.
void BlockParser::read_numbers(std::string_view text, Batch& batch, RowBlock& block) const {
  const FieldBounds fields{batch.before.begin(), batch.end.begin(), batch.end.size()};
  double* values = row_of(block, block.rows() - std::ssize(batch.records));
  Positions& unread = batch.unread;
  unread.clear();
  unread.reserve_more(fields.count);
  if (cells_.plain_numbers_are_values()) {
    unread.grow(
        kernels_.read_decimals(text.data(), fields, dialect_.decimal, values, unread.end()));
  } else {
    std::iota(unread.end(), unread.end() + fields.count, std::uint32_t{0});
    unread.grow(fields.count);
  }
  for (const std::uint32_t i : unread) {
    const std::uint32_t begin = fields.before[i] + 1;
    const Field field = only_field(text.substr(begin, fields.end[i] - begin), dialect_);
    const CellKind kind = cells_.understand(field, values[i]);
    if (kind == CellKind::missing)
      values[i] = no_value;
    else if (kind != CellKind::number)
      throw_cell_fault(batch.records[i / selection_.numbers.size()]);
  }
  batch.clear();
}

void BlockParser::parse_carefully(const TextChunk& chunk, RowBlock& block) const {
  const bool has_nul = chunk.text.find('\0') != std::string_view::npos;
  std::vector<Cell> row(static_cast<std::size_t>(columns()));
  RecordScanner scanner(chunk.text, dialect_, chunk.first_line, TextEnd::of_table);
  while (const auto record = scanner.next()) {
    if (has_nul)
      if (const auto fault = nul_fault(table_, *record)) throw DataError(*fault);
    if (!parse_row(record->text, row)) {
      reject(*record, block);
      continue;
    }
    double* numbers = row_of(block, block.rows());
    for (const Index column : selection_.numbers)
      *numbers++ = row[static_cast<std::size_t>(column)].value;
    for (const Index column : selection_.texts)
      append_text(row[static_cast<std::size_t>(column)].field, block.texts);
    block.lines.push_back(record->line);
  }
}

/// Whether the record is sound, as far as the selected columns go; `reject` tells what is wrong.
bool BlockParser::parse_row(std::string_view record, std::vector<Cell>& row) const {
  std::size_t column = 0;
  for (FieldCursor cursor(record, dialect_); !cursor.done(); ++column) {
    if (column == row.size()) return false;
    Cell& cell = row[column];
    CellKind kind = CellKind::missing;
    if (is_number_[column] && !is_text_[column]) {
      kind = cells_.take(cursor, cell.value);
    } else {
      cell.field = cursor.next();
      if (!cell.field.well_formed) return false;
      if (is_number_[column]) kind = cells_.understand(cell.field, cell.value);
    }
    if (kind == CellKind::missing)
      cell.value = no_value;
    else if (kind != CellKind::number)
      return false;
  }
  return column == row.size();
}

void BlockParser::reject(const Record& record, RowBlock& block) const {
  const auto fault = structure_fault(table_, record, dialect_, columns());
  if (!fault) return throw_cell_fault(record);
  require<DataError>(bad_rows_ == BadRows::skip, "{}{}", *fault, skip_remedy);
  if (block.bad_rows++ == 0) block.first_bad_row = *fault;
}

void BlockParser::throw_cell_fault(const Record& record) const {
  std::size_t column = 0;
  for (FieldCursor cursor(record.text, dialect_); !cursor.done(); ++column) {
    const Field field = cursor.next();
    double value;
    const CellKind kind = cells_.understand(field, value);
    if (!is_number_[column] || kind == CellKind::number || kind == CellKind::missing) continue;
    const auto& name = schema_.columns[column].name;
    const std::string fault = cell_fault(table_, record.line, name, kind, field.content());
    if (kind == CellKind::text) throw DataError(fault);
    throw InsufficientDataError(fault);
  }
}

}  // namespace mathtool::data
