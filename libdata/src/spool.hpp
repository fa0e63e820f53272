#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>

#include "file_descriptor.hpp"

namespace mathtool::data {

/// Bytes put aside to be read again: the first `memory` of them in memory, the rest in a temporary
/// file that has no name.
class Spool {
 public:
  explicit Spool(std::int64_t memory) : memory_(memory) {}

  /// Throws: DataError when the temporary file cannot be written.
  void append(std::span<const char> bytes);

  /// Copies from `offset` on; returns how many bytes there were, 0 at the end.
  std::size_t read(std::int64_t offset, std::span<char> buffer) const;

 private:
  std::int64_t memory_;
  std::deque<char> head_ = {};
  FileDescriptor tail_ = {};
};

}  // namespace mathtool::data
