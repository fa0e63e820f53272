#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "byte_source.hpp"

namespace mathtool::data {
namespace {

/// A ring of blocks between a thread that fills them from a source and the one that reads.
class ReadAheadSource final : public ByteSource {
 public:
  explicit ReadAheadSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}
  ~ReadAheadSource() override { stop(); }

  std::size_t read(std::span<char> buffer) override {
    if (!front_) wait_for_front();
    while (taken_ == front_->size && !front_->last) {
      release_front();
      wait_for_front();
    }
    if (taken_ == front_->size && front_->failure) std::rethrow_exception(front_->failure);
    const std::size_t count = std::min(buffer.size(), front_->size - taken_);
    std::copy_n(front_->bytes.data() + taken_, count, buffer.data());
    taken_ += count;
    return count;
  }

  std::string peek(std::size_t count) override {
    if (!front_) wait_for_front();
    if (front_->size == 0 && front_->failure) std::rethrow_exception(front_->failure);
    return {front_->bytes.data(), std::min(count, front_->size)};
  }

  void remember() override { source_->remember(); }
  void forget() override { source_->forget(); }

  void rewind() override {
    stop();
    source_->rewind();
  }

  void cancel() override { source_->cancel(); }
  std::optional<std::int64_t> size() const override { return source_->size(); }
  std::int64_t consumed() const override { return source_->consumed(); }
  std::optional<std::int64_t> file_size() const override { return source_->file_size(); }

 private:
  static constexpr std::size_t block_size = std::size_t{512} << 10;

  struct Block {
    std::vector<char> bytes = {};
    std::size_t size = 0;
    bool last = false;
    std::exception_ptr failure = {};  // behind the bytes of the last block
  };

  void wait_for_front() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return filled_ > released_; });
    front_ = &ring_[released_ % ring_.size()];
  }

  void release_front() {
    taken_ = 0;
    const std::lock_guard lock(mutex_);
    ++released_;
    changed_.notify_all();
  }

  void run() {
    for (bool last = false; !last;) {
      Block* block = free_block();
      if (!block) return;
      fill(*block);
      last = block->last;
      const std::lock_guard lock(mutex_);
      ++filled_;
      changed_.notify_all();
    }
  }

  /// Null when there is no more to be read.
  Block* free_block() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || filled_ - released_ < ring_.size(); });
    return stopping_ ? nullptr : &ring_[filled_ % ring_.size()];
  }

  void fill(Block& block) {
    block.bytes.resize(block_size);
    block.size = 0;
    try {
      while (block.size < block_size && !block.last) {
        const std::size_t count = source_->read(std::span(block.bytes).subspan(block.size));
        block.size += count;
        block.last = count == 0;
      }
    } catch (...) {
      block.failure = std::current_exception();
      block.last = true;
    }
  }

  void stop() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      changed_.notify_all();
    }
    source_->cancel();
    thread_.join();
    stopping_ = false;
    filled_ = released_ = taken_ = 0;
    front_ = nullptr;
    ring_ = {};
  }

  std::unique_ptr<ByteSource> source_;  // belongs to the thread while that runs
  std::thread thread_ = {};
  std::mutex mutex_ = {};
  std::condition_variable changed_ = {};
  bool stopping_ = false;
  std::size_t filled_ = 0, released_ = 0;  // blocks, counted from the start
  std::array<Block, 3> ring_ = {};
  const Block* front_ = nullptr;  // the reader's, once it has come to one
  std::size_t taken_ = 0;         // bytes of that
};

}  // namespace

std::unique_ptr<ByteSource> read_ahead_source(std::unique_ptr<ByteSource> source) {
  return std::make_unique<ReadAheadSource>(std::move(source));
}

}  // namespace mathtool::data
