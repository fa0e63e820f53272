#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "byte_source.hpp"

namespace mathtool::data {

/// A source of known size that can be read anywhere: `read_at` is all that is left to say.
class SizedSource : public ByteSource {
 public:
  std::size_t read(std::span<char> buffer) final {
    const std::size_t count = read_at(position_, buffer);
    position_ += static_cast<std::int64_t>(count);
    return count;
  }

  void rewind() final { position_ = 0; }
  std::optional<std::int64_t> size() const final { return size_; }
  std::int64_t consumed() const final { return position_; }
  bool seekable() const final { return true; }

 protected:
  explicit SizedSource(std::int64_t size, std::int64_t position = 0)
      : size_(size), position_(position) {}

 private:
  std::int64_t size_;
  std::atomic<std::int64_t> position_;  // `consumed` may ask while another thread reads
};

}  // namespace mathtool::data
