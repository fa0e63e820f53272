#include "array_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "array_bytes.hpp"
#include "idx_header.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"
#include "npy_header.hpp"
#include "rows_per_block.hpp"

namespace mathtool::data {
namespace {

ArrayLayout read_header(Input& input) {
  const auto read = [&](std::span<char> bytes) { return input.read(bytes); };
  const bool is_npy = input.peek(npy_magic.size()) == npy_magic;
  ArrayLayout layout =
      is_npy ? read_npy_header(read, input.name()) : read_idx_header(read, input.name());
  require<InsufficientDataError>(layout.rows() > 0 && layout.columns() > 0,
                                 "{} is empty: its array is {} x {}", input.name(), layout.rows(),
                                 layout.columns());
  // What comes in order is put aside whole when its end is asked for, and then knows its size.
  if (layout.order() == ArrayOrder::by_columns) input.read_at(layout.first_byte, {});
  check_array_size(input, layout);
  return layout;
}

}  // namespace

bool holds_array(Input& input) {
  constexpr std::string_view utf_32("\0\0\xFE\xFF", 4);
  const std::string start = input.peek(npy_magic.size());
  return start.starts_with(npy_magic) ||
         (start.starts_with(idx_magic) && !start.starts_with(utf_32));
}

ArrayTable::ArrayTable(Input& input, const ReadOptions& options)
    : input_(input),
      layout_(read_header(input)),
      rows_(layout_.rows()),
      columns_(layout_.columns()),
      by_columns_(layout_.order() == ArrayOrder::by_columns),
      convert_(element_converter(layout_.element)),
      rows_per_block_(choose_rows_per_block(columns_)) {
  first_chunk_ = cut();
  // Columns are made only once a whole row of them is there.
  if (first_chunk_->rows == 0 && first_chunk_->failure)
    std::rethrow_exception(first_chunk_->failure);
  if (by_columns_) strips_ = strips_of_columns(layout_);
  learn_schema(options);
}

void ArrayTable::learn_schema(const ReadOptions& options) {
  const Index sampled = std::min<Index>(first_chunk_->rows, options.sample_rows);
  schema_.sample_rows = sampled;
  schema_.array = describe(layout_);
  Vec numbers(first_chunk_->rows);
  for (Index j = 0; j < columns_; ++j) {
    convert_column(*first_chunk_, j, numbers.data(), 1);
    Column column{.name = fmt::format("x{}", j + 1), .type = ColumnType::numeric};
    column.counts_rows = sampled >= 3;
    for (Index i = 0; i < sampled; ++i) {
      column.counts_rows = column.counts_rows && numbers[i] == static_cast<double>(i + 1);
      if (!std::isnan(numbers[i])) ++column.sample_present;
    }
    column.sample_numbers = column.sample_present;
    schema_.columns.push_back(std::move(column));
  }
}

void ArrayTable::start_pass(const ColumnSelection& selection) {
  selection_ = selection;
  if (first_chunk_) return;
  ended_ = false;
  next_row_ = 0;
  if (by_columns_) return;
  input_.rewind();
  std::vector<char> header(static_cast<std::size_t>(layout_.first_byte));
  input_.read(header);
}

std::unique_ptr<UnparsedBlock> ArrayTable::next_block() {
  std::shared_ptr<Chunk> chunk = first_chunk_ ? std::move(first_chunk_) : cut();
  if (!chunk) return nullptr;
  return std::make_unique<UnparsedBlock>(
      UnparsedBlock{[this, chunk = std::move(chunk)] { return parse(*chunk); }});
}

std::shared_ptr<ArrayTable::Chunk> ArrayTable::cut() {
  if (ended_) return nullptr;
  auto chunk = std::make_shared<Chunk>();
  chunk->first_row = next_row_;
  try {
    if (by_columns_)
      read_strips(*chunk);
    else
      read_rows(*chunk);
  } catch (...) { chunk->failure = std::current_exception(); }
  next_row_ += chunk->rows;
  ended_ = next_row_ == rows_ || chunk->failure;
  return chunk;
}

void ArrayTable::read_rows(Chunk& chunk) {
  const Index rows = std::min(rows_per_block_, rows_ - next_row_);
  const std::int64_t row_size = columns_ * layout_.element.size;
  chunk.bytes = read_array_bytes(input_, rows * row_size);
  chunk.rows = std::ssize(chunk.bytes) / row_size;
  if (chunk.rows < rows)
    fail_cut_short(input_, layout_, (rows_ - next_row_) * row_size - std::ssize(chunk.bytes));
  if (next_row_ + rows == rows_) check_array_end(input_, layout_);
}

void ArrayTable::read_strips(Chunk& chunk) {
  const Index rows = std::min(rows_per_block_, rows_ - next_row_);
  const std::int64_t size = layout_.element.size;
  chunk.bytes.resize(static_cast<std::size_t>(rows * columns_ * size));
  for (Index j = 0; j < columns_; ++j) {
    const auto strip = std::span(chunk.bytes)
                           .subspan(static_cast<std::size_t>(j * rows * size),
                                    static_cast<std::size_t>(rows * size));
    const std::int64_t place = layout_.first_byte + (j * rows_ + next_row_) * size;
    require<DataError>(input_.read_at(place, strip) == strip.size(),
                       "{}: byte {}: the file has become shorter while it was read", input_.name(),
                       place);
  }
  chunk.rows = rows;
}

RowBlock ArrayTable::parse(const Chunk& chunk) const {
  if (chunk.rows == 0) std::rethrow_exception(chunk.failure);
  const Index p = std::ssize(selection_.numbers);
  RowBlock block;
  block.first_row = chunk.first_row;
  block.numbers.resize(chunk.rows, p);
  block.lines.resize(static_cast<std::size_t>(chunk.rows));
  std::iota(block.lines.begin(), block.lines.end(), chunk.first_row + 1);
  for (Index k = 0; k < p; ++k)
    convert_column(chunk, selection_.numbers[static_cast<std::size_t>(k)], block.numbers.data() + k,
                   p);
  refuse_infinity(block);

  const Index q = std::ssize(selection_.texts);
  RowMat shown(chunk.rows, q);
  for (Index k = 0; k < q; ++k)
    convert_column(chunk, selection_.texts[static_cast<std::size_t>(k)], shown.data() + k, q);
  for (Index i = 0; i < shown.size(); ++i) block.texts.push_back(format_number(shown.data()[i]));

  if (chunk.failure) std::rethrow_exception(chunk.failure);
  return block;
}

void ArrayTable::convert_column(const Chunk& chunk, Index column, double* to, Index to_step) const {
  const Index size = layout_.element.size;
  const char* bytes = chunk.bytes.data();
  if (by_columns_)
    convert_(bytes + strips_[static_cast<std::size_t>(column)] * chunk.rows * size, size, to,
             to_step, chunk.rows);
  else
    convert_(bytes + column * size, columns_ * size, to, to_step, chunk.rows);
}

void ArrayTable::refuse_infinity(const RowBlock& block) const {
  if (!block.numbers.array().isInf().any()) return;
  for (Index i = 0; i < block.rows(); ++i)
    for (Index k = 0; k < block.numbers.cols(); ++k)
      if (std::isinf(block.numbers(i, k))) {
        const Index column = selection_.numbers[static_cast<std::size_t>(k)];
        const std::string& name = schema_.columns[static_cast<std::size_t>(column)].name;
        throw InsufficientDataError(
            fmt::format("{}:{}: column '{}' has the infinite value \"{}\"; exclude it with -c '{}'",
                        input_.name(), block.first_row + i + 1, name,
                        format_number(block.numbers(i, k)), exclusion_of(name)));
      }
}

}  // namespace mathtool::data
