#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string_view>

#include "mathtool/data/input.hpp"
#include "mathtool/math/types.hpp"
#include "record_scanner.hpp"
#include "recycler.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

struct TextMemory {
  std::unique_ptr<char[]> bytes = {};
  std::size_t size = 0;
};

/// The text of one block of rows, each with its line end. What it holds follows from the bytes of
/// the table alone.
struct TextChunk {
  std::string_view text = {};       ///< in `memory`, where 16 bytes before it can be read too
  std::int64_t first_row = 0;       ///< counted from 0 without the header, bad rows included
  std::int64_t first_line = 1;      ///< of the file, counted from 1
  std::exception_ptr failure = {};  ///< why the text ends here; it comes after failures in the text
  std::shared_ptr<const TextMemory> memory = {};  ///< shared with other chunks
};

/// Cuts the text of a table into chunks of a fixed number of rows: the serial part of reading.
class ChunkCutter {
 public:
  /// `start` is what was already read from `input`, from the first byte of the table on.
  ChunkCutter(Input& input, std::string_view start, TextEnd start_end, const TextDialect& dialect,
              Index rows_per_chunk);

  void skip_header();

  /// Null behind the last chunk. A failure comes inside the chunk that it cuts short, so that
  /// failures in earlier rows come first.
  std::unique_ptr<TextChunk> next();

  std::int64_t bytes_read() const { return bytes_read_; }

 private:
  struct Cut {
    Index rows = 0;
    std::size_t size = 0;
    std::int64_t end_line = 0;
    std::exception_ptr failure = {};  // behind the rows
  };

  Cut find_rows(Index wanted);
  void read_on();
  void move_to_memory_for(std::size_t size);
  void end_last_line();
  std::string_view unread() const { return {bytes() + begin_, end_ - begin_}; }
  char* bytes() const { return memory_->bytes.get(); }

  Input& input_;
  Recycler<TextMemory> memories_ = {};
  std::shared_ptr<TextMemory> memory_ =
      memories_.take();  // holds the unread text at [begin_, end_)
  std::size_t begin_ = 0, end_ = 0, capacity_ = 0;
  std::size_t chunk_size_ = 0;  // of the last one; the next will be much the same
  TextEnd text_end_;
  TextDialect dialect_;
  Index rows_per_chunk_;
  std::int64_t row_ = 0, line_ = 1;
  std::int64_t bytes_read_;
  bool failed_ = false;
};

}  // namespace mathtool::data
