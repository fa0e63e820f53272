#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "file_descriptor.hpp"

namespace mathtool::data {

/// Bytes put aside to be read again: the first `memory` of them in memory, the rest in a temporary
/// file that has no name.
class Spool {
 public:
  explicit Spool(std::int64_t memory) : memory_(memory) {}

  /// Throws: DataError when the temporary file cannot be written.
  void append(std::span<const char> bytes);

  /// Fills `buffer` from `offset` on; returns how many bytes there were, fewer only at the end.
  std::size_t read(std::int64_t offset, std::span<char> buffer) const;

 private:
  std::span<char> in_memory(std::int64_t offset, std::size_t most) const;

  std::int64_t memory_;
  std::int64_t head_size_ = 0;
  std::vector<std::unique_ptr<char[]>> head_ = {};  // blocks of one size
  FileDescriptor tail_ = {};
};

}  // namespace mathtool::data
