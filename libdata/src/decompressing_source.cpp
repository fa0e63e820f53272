#include <vector>

#include "decompressor.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

class DecompressingSource final : public ByteSource {
 public:
  DecompressingSource(std::unique_ptr<ByteSource> source,
                      std::unique_ptr<Decompressor> decompressor, std::string name,
                      std::int64_t first_byte)
      : source_(std::move(source)),
        decompressor_(std::move(decompressor)),
        name_(std::move(name)),
        first_byte_(first_byte),
        place_(first_byte) {}

  std::size_t read(std::span<char> buffer) override {
    while (true) {
      if (waiting_.empty() && !source_ended_) refill();
      const Decompressed step = decompressor_->step(waiting_, buffer);
      waiting_ = waiting_.subspan(step.used);
      place_ += static_cast<std::int64_t>(step.used);
      if (step.made > 0) return step.made;
      require<DataError>(step.fault.empty(), "{}: byte {}: {}", name_, place_, step.fault);
      if (step.used > 0 || (waiting_.empty() && !source_ended_)) continue;
      require<DataError>(decompressor_->complete(),
                         "{}: byte {}: the compressed data end early; the file is cut short", name_,
                         place_);
      return 0;
    }
  }

  void remember() override { source_->remember(); }
  void forget() override { source_->forget(); }

  void rewind() override {
    source_->rewind();
    decompressor_->restart();
    waiting_ = {};
    source_ended_ = false;
    place_ = first_byte_;
  }

  void cancel() override { source_->cancel(); }
  std::int64_t consumed() const override { return source_->consumed(); }
  std::optional<std::int64_t> file_size() const override { return source_->file_size(); }

 private:
  void refill() {
    const std::size_t count = source_->read(compressed_);
    waiting_ = std::span(compressed_).first(count);
    source_ended_ = count == 0;
  }

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<Decompressor> decompressor_;
  std::string name_;
  std::int64_t first_byte_, place_;  // of the file
  std::vector<char> compressed_ = std::vector<char>(std::size_t{128} << 10);
  std::span<const char> waiting_ = {};  // in `compressed_`
  bool source_ended_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> decompressing_source(std::unique_ptr<ByteSource> source,
                                                 std::unique_ptr<Decompressor> decompressor,
                                                 std::string name, std::int64_t first_byte) {
  return std::make_unique<DecompressingSource>(std::move(source), std::move(decompressor),
                                               std::move(name), first_byte);
}

}  // namespace mathtool::data
