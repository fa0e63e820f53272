#include "chunk_cutter.hpp"

#include <algorithm>
#include <span>

#include "mathtool/math/error.hpp"
#include "record_count.hpp"
#include "table_faults.hpp"
#include "table_sample.hpp"

namespace mathtool::data {
namespace {

constexpr std::size_t margin = 16;  // in front of the text, and a line end behind it

}  // namespace

ChunkCutter::ChunkCutter(Input& input, std::string_view start, TextEnd start_end,
                         const TextDialect& dialect, Index rows_per_chunk)
    : input_(input),
      text_end_(start_end),
      dialect_(dialect),
      rows_per_chunk_(rows_per_chunk),
      bytes_read_(std::ssize(start)) {
  move_to_memory_for(start.size());
  end_ += start.copy(bytes() + end_, start.size());
  if (text_end_ == TextEnd::of_table) end_last_line();
}

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
  chunk->memory = memory_;
  chunk->first_row = row_;
  chunk->first_line = line_;
  chunk->failure = cut.failure;
  chunk_size_ = cut.size;
  begin_ += cut.size;
  row_ += cut.rows;
  line_ = cut.end_line;
  failed_ = cut.failure != nullptr;
  return chunk;
}

ChunkCutter::Cut ChunkCutter::find_rows(Index wanted) {
  Cut cut{.end_line = line_};
  while (true) {
    const RecordCount found = count_records(unread().substr(cut.size), dialect_, cut.end_line,
                                            text_end_, wanted - cut.rows);
    cut.rows += found.records;
    cut.size += found.size;
    cut.end_line = found.line;
    if (cut.rows == wanted) return cut;
    try {
      if (found.open_quote && text_end_ == TextEnd::of_table)
        throw DataError(open_quote_fault(input_.name(), *found.open_quote));
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
  constexpr std::size_t least_size = std::size_t{512} << 10;
  if (end_ == capacity_) {
    // A whole number of chunks leaves little to be moved next time.
    const std::size_t chunks = chunk_size_ ? std::max<std::size_t>(1, least_size / chunk_size_) : 0;
    const std::size_t expected = chunks ? chunks * chunk_size_ + chunk_size_ / 16 : least_size;
    move_to_memory_for(std::max(expected, 2 * unread().size()));
  }
  const std::size_t count = input_.read(std::span(bytes() + end_, capacity_ - end_));
  end_ += count;
  bytes_read_ += static_cast<std::int64_t>(count);
  if (end_ == capacity_) return;
  text_end_ = TextEnd::of_table;
  end_last_line();
}

/// Moves the unread text, since chunks share the memory it is in. Pre: it fits `size` bytes.
void ChunkCutter::move_to_memory_for(std::size_t size) {
  const std::shared_ptr<TextMemory> memory = memories_.take();
  if (memory->size < margin + size + 1) {
    memory->size = margin + size + 1;
    memory->bytes = std::make_unique_for_overwrite<char[]>(memory->size);
  }
  const std::string_view text = unread();
  text.copy(memory->bytes.get() + margin, text.size());
  begin_ = margin;
  end_ = margin + text.size();
  capacity_ = margin + size;
  memory_ = memory;
}

/// The last line of a table needs no line end; in a chunk it has one.
void ChunkCutter::end_last_line() {
  if (begin_ < end_ && bytes()[end_ - 1] != dialect_.line_end) bytes()[end_++] = dialect_.line_end;
}

}  // namespace mathtool::data
