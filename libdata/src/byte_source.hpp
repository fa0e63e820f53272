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

  virtual void remember() {}  ///< `rewind` will be called
  virtual void forget() {}    ///< it will not, after all
  virtual void rewind() = 0;
  virtual std::optional<std::int64_t> size() const = 0;
};

/// A file that can be read again in place. It begins where `file` stands: a shell may have read on.
std::unique_ptr<ByteSource> regular_file_source(FileDescriptor file, std::string name);

/// A pipe or a device. What is to be remembered stays in memory up to `memory` bytes, the rest goes
/// to a temporary file.
std::unique_ptr<ByteSource> pipe_source(FileDescriptor file, std::string name, std::int64_t memory);

std::unique_ptr<ByteSource> text_source(std::string text);

}  // namespace mathtool::data
