#include <atomic>

#include "byte_source.hpp"

namespace mathtool::data {
namespace {

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = read_at(position_, buffer);
    position_ += static_cast<std::int64_t>(count);
    return count;
  }

  void rewind() override { position_ = 0; }
  std::optional<std::int64_t> size() const override { return std::ssize(text_); }
  std::int64_t consumed() const override { return position_; }
  bool seekable() const override { return true; }

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    if (offset >= std::ssize(text_)) return 0;
    return text_.copy(buffer.data(), buffer.size(), static_cast<std::size_t>(offset));
  }

 private:
  std::string text_;
  std::atomic<std::int64_t> position_ = 0;  // `consumed` may ask while another thread reads
};

}  // namespace

std::unique_ptr<ByteSource> text_source(std::string text) {
  return std::make_unique<TextSource>(std::move(text));
}

}  // namespace mathtool::data
