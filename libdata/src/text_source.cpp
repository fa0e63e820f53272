#include "sized_source.hpp"

namespace mathtool::data {
namespace {

class TextSource final : public SizedSource {
 public:
  explicit TextSource(std::string text) : SizedSource(std::ssize(text)), text_(std::move(text)) {}

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    if (offset >= std::ssize(text_)) return 0;
    return text_.copy(buffer.data(), buffer.size(), static_cast<std::size_t>(offset));
  }

 private:
  std::string text_;
};

}  // namespace

std::unique_ptr<ByteSource> text_source(std::string text) {
  return std::make_unique<TextSource>(std::move(text));
}

}  // namespace mathtool::data
