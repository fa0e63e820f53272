#include <algorithm>

#include "byte_source.hpp"

namespace mathtool::data {
namespace {

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = text_.copy(buffer.data(), buffer.size(), position_);
    position_ += count;
    return count;
  }

  void rewind() override { position_ = 0; }
  std::optional<std::int64_t> size() const override { return std::ssize(text_); }

 private:
  std::string text_;
  std::size_t position_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> text_source(std::string text) {
  return std::make_unique<TextSource>(std::move(text));
}

}  // namespace mathtool::data
