#include <atomic>
#include <vector>

#include "byte_source.hpp"
#include "spool.hpp"

namespace mathtool::data {
namespace {

class SpooledSource final : public ByteSource {
 public:
  SpooledSource(Spool spool, std::int64_t size, std::int64_t position)
      : spool_(std::move(spool)), size_(size), position_(position) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = read_at(position_, buffer);
    position_ += static_cast<std::int64_t>(count);
    return count;
  }

  void rewind() override { position_ = 0; }
  std::optional<std::int64_t> size() const override { return size_; }
  std::int64_t consumed() const override { return position_; }
  bool seekable() const override { return true; }

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    return spool_.read(offset, buffer);
  }

 private:
  Spool spool_;
  std::int64_t size_;
  std::atomic<std::int64_t> position_;  // `consumed` may ask while another thread reads
};

}  // namespace

std::unique_ptr<ByteSource> spooled_source(ByteSource& source, std::int64_t memory,
                                           std::int64_t position) {
  source.rewind();
  source.forget();
  Spool spool(memory);
  std::int64_t size = 0;
  std::vector<char> buffer(std::size_t{256} << 10);
  while (const std::size_t count = source.read(buffer)) {
    spool.append(std::span(buffer).first(count));
    size += static_cast<std::int64_t>(count);
  }
  return std::make_unique<SpooledSource>(std::move(spool), size, position);
}

}  // namespace mathtool::data
