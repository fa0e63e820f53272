#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "file_descriptor.hpp"

namespace mathtool::data {

/// Where the bytes of an Input come from. A decompressor is a source around another one.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Reads at most `buffer.size()` bytes; 0 only at the end. Throws: DataError.
  virtual std::size_t read(std::span<char> buffer) = 0;

  /// The first `count` bytes, fewer where there are no more, without reading them. Pre: nothing
  /// read yet.
  virtual std::string peek(std::size_t count);

  virtual void remember() {}  ///< `rewind` will be called
  virtual void forget() {}    ///< it will not, after all
  virtual void rewind() = 0;

  /// From another thread: a `read` that waits for bytes, and every one behind it, returns 0 until
  /// the next `rewind`.
  virtual void cancel() {}

  /// How many bytes `read` gives from start to end, where that is known before.
  virtual std::optional<std::int64_t> size() const { return std::nullopt; }

  /// Bytes taken so far out of the file itself, however many they become, and how many it has.
  virtual std::int64_t consumed() const = 0;
  virtual std::optional<std::int64_t> file_size() const { return size(); }

  /// Whether `read_at` works, and `rewind` without having remembered.
  virtual bool seekable() const { return false; }

  /// Fills `buffer` from `offset` on, whatever `read` does; returns how many bytes there were,
  /// fewer only at the end. Pre: seekable. Throws: DataError.
  virtual std::size_t read_at(std::int64_t offset, std::span<char> buffer);
};

/// A file that can be read again in place. It begins where `file` stands: a shell may have read on.
std::unique_ptr<ByteSource> regular_file_source(FileDescriptor file, std::string name);

/// A pipe or a device. What is to be remembered stays in memory up to `memory` bytes, the rest goes
/// to a temporary file.
std::unique_ptr<ByteSource> pipe_source(FileDescriptor file, std::string name, std::int64_t memory);

std::unique_ptr<ByteSource> text_source(std::string text);

/// All that `source` gives from its start on, put aside as by Spool; reading goes on at `position`.
/// Pre: `source` can rewind; it need not afterwards.
std::unique_ptr<ByteSource> spooled_source(ByteSource& source, std::int64_t memory,
                                           std::int64_t position);

/// Reads `source` in a thread of its own, one to two megabytes ahead.
std::unique_ptr<ByteSource> read_ahead_source(std::unique_ptr<ByteSource> source);

}  // namespace mathtool::data
