#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "mathtool/data/input.hpp"
#include "mathtool/data/table_reader.hpp"
#include "record_scanner.hpp"
#include "text_dialect.hpp"

namespace mathtool::data {

/// Cuts the text of a table into chunks of a fixed number of rows: the serial part of reading.
class ChunkCutter {
 public:
  /// `start` is what was already read from `input`, from the first byte of the table on.
  ChunkCutter(Input& input, std::string start, TextEnd start_end, const TextDialect& dialect,
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
  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void read_on();

  Input& input_;
  std::string buffer_;  // holds the unread text at [begin_, end_)
  std::size_t begin_ = 0, end_ = 0;
  TextEnd text_end_;
  TextDialect dialect_;
  Index rows_per_chunk_;
  std::int64_t row_ = 0, line_ = 1;
  std::int64_t bytes_read_ = 0;
  bool failed_ = false;
};

}  // namespace mathtool::data
