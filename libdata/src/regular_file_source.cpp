#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "byte_source.hpp"
#include "mathtool/math/error.hpp"
#include "system_reason.hpp"

namespace mathtool::data {
namespace {

class RegularFileSource final : public ByteSource {
 public:
  RegularFileSource(FileDescriptor file, std::string name)
      : file_(std::move(file)),
        name_(std::move(name)),
        start_(::lseek(file_.number(), 0, SEEK_CUR)) {
    ::posix_fadvise(file_.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = checked(file_.read(buffer));
    position_ += static_cast<std::int64_t>(count);
    return count;
  }

  void rewind() override {
    const bool moved = ::lseek(file_.number(), start_, SEEK_SET) == start_;
    require<DataError>(moved, "cannot read '{}' again: {}", name_, system_reason(errno));
    position_ = 0;
  }

  std::optional<std::int64_t> size() const override {
    struct stat status {};
    // Files of the kernel, in /proc for instance, claim to be empty.
    if (::fstat(file_.number(), &status) != 0 || status.st_size == 0) return std::nullopt;
    return status.st_size - start_;
  }

  std::int64_t consumed() const override { return position_; }
  bool seekable() const override { return true; }

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      const std::size_t count = checked(file_.read_at(
          buffer.subspan(filled), start_ + offset + static_cast<std::ptrdiff_t>(filled)));
      if (count == 0) break;
      filled += count;
    }
    return filled;
  }

 private:
  std::size_t checked(std::ptrdiff_t count) const {
    require<DataError>(count >= 0, "cannot read '{}': {}", name_, system_reason(errno));
    return static_cast<std::size_t>(count);
  }

  FileDescriptor file_;
  std::string name_;
  off_t start_;
  std::atomic<std::int64_t> position_ = 0;  // `consumed` may ask while another thread reads
};

}  // namespace

std::unique_ptr<ByteSource> regular_file_source(FileDescriptor file, std::string name) {
  return std::make_unique<RegularFileSource>(std::move(file), std::move(name));
}

}  // namespace mathtool::data
