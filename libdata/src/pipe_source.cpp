#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <atomic>
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
      : file_(std::move(file)),
        alarm_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        name_(std::move(name)),
        memory_(memory) {
    // Who writes and who reads wait for each other less often; where it is refused, they wait.
    constexpr int capacity = 1 << 20;
    if (::fcntl(file_.number(), F_GETPIPE_SZ) < capacity)
      ::fcntl(file_.number(), F_SETPIPE_SZ, capacity);
  }

  std::size_t read(std::span<char> buffer) override {
    std::size_t count = 0;
    if (spool_) {
      count = spool_->read(position_, buffer);
      if (count == 0 && !remembering_) spool_.reset();
    }
    if (count == 0) {
      count = arriving(buffer);
      if (spool_) spool_->append(buffer.first(count));
    }
    position_ += static_cast<std::int64_t>(count);
    return count;
  }

  std::string peek(std::size_t count) override {
    while (start_.size() < count) {
      const std::size_t before = start_.size();
      start_.resize(count);
      const std::size_t more = wait_and_read(std::span(start_).subspan(before));
      start_.resize(before + more);
      if (more == 0) break;
    }
    return start_.substr(0, count);
  }

  void remember() override {
    require(position_ == 0, "Input: remember() after {} bytes of '{}' were read", position_.load(),
            name_);
    remembering_ = true;
    if (!spool_) spool_.emplace(memory_);
  }

  void forget() override { remembering_ = false; }

  void rewind() override {
    require(position_ == 0 || remembering_,
            "Input: '{}' cannot be read again, nothing remembers it", name_);
    position_ = 0;
    ::eventfd_t ignored;
    ::eventfd_read(alarm_.number(), &ignored);
  }

  void cancel() override { ::eventfd_write(alarm_.number(), 1); }
  std::int64_t consumed() const override { return position_; }

 private:
  /// What no one has read before: first what `peek` took.
  std::size_t arriving(std::span<char> buffer) {
    if (start_.empty()) return wait_and_read(buffer);
    const std::size_t count = start_.copy(buffer.data(), buffer.size());
    start_.erase(0, count);
    return count;
  }

  std::size_t wait_and_read(std::span<char> buffer) const {
    pollfd either[] = {{file_.number(), POLLIN, 0}, {alarm_.number(), POLLIN, 0}};
    while (::poll(either, 2, -1) < 0 && errno == EINTR) {}
    if (either[1].revents != 0) return 0;
    const auto count = file_.read(buffer);
    require<DataError>(count >= 0, "cannot read '{}': {}", name_, system_reason(errno));
    return static_cast<std::size_t>(count);
  }

  FileDescriptor file_;
  FileDescriptor alarm_;  // readable once `cancel` was called
  std::string name_;
  std::int64_t memory_;
  std::string start_ = {};
  // Another thread may read meanwhile.
  std::atomic<std::int64_t> position_ = 0;
  std::atomic<bool> remembering_ = false;
  std::optional<Spool> spool_ = {};  // kept after forget() until what it holds has been read
};

}  // namespace

std::unique_ptr<ByteSource> pipe_source(FileDescriptor file, std::string name,
                                        std::int64_t memory) {
  return std::make_unique<PipeSource>(std::move(file), std::move(name), memory);
}

}  // namespace mathtool::data
