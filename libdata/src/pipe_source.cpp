#include <cerrno>

#include "byte_source.hpp"
#include "mathtool/math/error.hpp"
#include "spool.hpp"
#include "system_reason.hpp"

namespace mathtool::data {
namespace {

class PipeSource final : public ByteSource {
 public:
  PipeSource(FileDescriptor file, std::string name, std::int64_t memory)
      : file_(std::move(file)), name_(std::move(name)), memory_(memory) {}

  std::size_t read(std::span<char> buffer) override {
    if (spool_) {
      const std::size_t again = spool_->read(position_, buffer);
      position_ += static_cast<std::int64_t>(again);
      if (again > 0) return again;
      if (!remembering_) spool_.reset();
    }
    const auto count = file_.read(buffer);
    require<DataError>(count >= 0, "cannot read '{}': {}", name_, system_reason(errno));
    if (spool_) spool_->append(buffer.first(static_cast<std::size_t>(count)));
    position_ += count;
    return static_cast<std::size_t>(count);
  }

  void remember() override {
    require(position_ == 0, "Input: remember() after {} bytes of '{}' were read", position_, name_);
    remembering_ = true;
    if (!spool_) spool_.emplace(memory_);
  }

  void forget() override { remembering_ = false; }

  void rewind() override {
    require(position_ == 0 || remembering_,
            "Input: '{}' cannot be read again, nothing remembers it", name_);
    position_ = 0;
  }

  std::optional<std::int64_t> size() const override { return std::nullopt; }

 private:
  FileDescriptor file_;
  std::string name_;
  std::int64_t memory_;
  std::int64_t position_ = 0;
  bool remembering_ = false;
  std::optional<Spool> spool_ = {};  // kept after forget() until what it holds has been read
};

}  // namespace

std::unique_ptr<ByteSource> pipe_source(FileDescriptor file, std::string name,
                                        std::int64_t memory) {
  return std::make_unique<PipeSource>(std::move(file), std::move(name), memory);
}

}  // namespace mathtool::data
