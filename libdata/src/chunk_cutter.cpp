#include "chunk_cutter.hpp"

#include <algorithm>
#include <span>

#include "mathtool/math/error.hpp"
#include "table_faults.hpp"
#include "table_sample.hpp"

namespace mathtool::data {

ChunkCutter::ChunkCutter(Input& input, std::string start, TextEnd start_end,
                         const TextDialect& dialect, Index rows_per_chunk)
    : input_(input),
      buffer_(std::move(start)),
      end_(buffer_.size()),
      text_end_(start_end),
      dialect_(dialect),
      rows_per_chunk_(rows_per_chunk),
      bytes_read_(static_cast<std::int64_t>(end_)) {}

void ChunkCutter::skip_header() {
  const Cut header = find_rows(1);
  if (header.failure) std::rethrow_exception(header.failure);
  begin_ += header.size;
  line_ = header.end_line;
}

std::unique_ptr<TextChunk> ChunkCutter::next() {
  if (failed_) return nullptr;
  const Cut cut = find_rows(rows_per_chunk_);
  if (cut.rows == 0 && !cut.failure) return nullptr;
  auto chunk = std::make_unique<TextChunk>();
  chunk->text = unread().substr(0, cut.size);
  chunk->first_row = row_;
  chunk->first_line = line_;
  chunk->failure = cut.failure;
  begin_ += cut.size;
  row_ += cut.rows;
  line_ = cut.end_line;
  failed_ = cut.failure != nullptr;
  return chunk;
}

ChunkCutter::Cut ChunkCutter::find_rows(Index wanted) {
  Cut cut{.end_line = line_};
  while (true) {
    RecordScanner scanner(unread().substr(cut.size), dialect_, cut.end_line, text_end_);
    while (cut.rows < wanted && scanner.next()) ++cut.rows;
    cut.size += scanner.position();
    cut.end_line = scanner.line();
    if (cut.rows == wanted) return cut;
    try {
      if (scanner.open_quote() && text_end_ == TextEnd::of_table)
        throw DataError(open_quote_fault(input_.name(), *scanner.open_quote()));
      if (text_end_ == TextEnd::of_table) return cut;
      require<DataError>(
          unread().size() - cut.size < longest_row,
          "{}:{}: a row longer than 256 MiB; does a quote open there and never close?",
          input_.name(), cut.end_line);
      read_on();
    } catch (...) {
      cut.failure = std::current_exception();
      return cut;
    }
  }
}

void ChunkCutter::read_on() {
  constexpr std::size_t least_size = std::size_t{1} << 20;
  std::copy(buffer_.begin() + std::ptrdiff_t(begin_), buffer_.begin() + std::ptrdiff_t(end_),
            buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) buffer_.resize(std::max(least_size, 2 * end_));
  const std::size_t count = input_.read(std::span(buffer_).subspan(end_));
  end_ += count;
  bytes_read_ += static_cast<std::int64_t>(count);
  if (end_ < buffer_.size()) text_end_ = TextEnd::of_table;
}

}  // namespace mathtool::data
