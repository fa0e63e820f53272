#include "spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

#include "mathtool/math/error.hpp"
#include "system_reason.hpp"

namespace mathtool::data {
namespace {

constexpr std::int64_t piece_size = std::int64_t{1} << 20;

std::string temporary_folder() {
  const char* set = std::getenv("TMPDIR");
  return set && *set ? set : "/tmp";
}

[[noreturn]] void fail(int error) {
  throw DataError(fmt::format("cannot put the input aside in '{}' to read it again: {}",
                              temporary_folder(), system_reason(error)));
}

FileDescriptor open_nameless_file() {
  const std::string folder = temporary_folder();
  FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.is_open()) return file;
  std::string path = folder + "/mathtool-XXXXXX";
  file = FileDescriptor(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.is_open()) fail(errno);
  ::unlink(path.c_str());
  return file;
}

}  // namespace

void Spool::append(std::span<const char> bytes) {
  while (!bytes.empty() && head_size_ < memory_) {
    if (head_size_ % piece_size == 0)
      head_.push_back(std::make_unique_for_overwrite<char[]>(std::size_t{piece_size}));
    const auto room = static_cast<std::size_t>(memory_ - head_size_);
    const auto place = in_memory(head_size_, std::min(room, bytes.size()));
    std::copy_n(bytes.begin(), place.size(), place.begin());
    head_size_ += std::ssize(place);
    bytes = bytes.subspan(place.size());
  }
  if (bytes.empty()) return;
  if (!tail_.is_open()) tail_ = open_nameless_file();
  if (!tail_.write({bytes.data(), bytes.size()})) fail(errno);
}

std::size_t Spool::read(std::int64_t offset, std::span<char> buffer) const {
  std::size_t filled = 0;
  while (filled < buffer.size() && offset < head_size_) {
    const auto left = static_cast<std::size_t>(head_size_ - offset);
    const auto place = in_memory(offset, std::min(left, buffer.size() - filled));
    std::copy(place.begin(), place.end(), buffer.begin() + std::ptrdiff_t(filled));
    filled += place.size();
    offset += std::ssize(place);
  }
  while (filled < buffer.size() && tail_.is_open()) {
    const auto count = tail_.read_at(buffer.subspan(filled), offset - head_size_);
    if (count < 0) fail(errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    offset += count;
  }
  return filled;
}

/// What stands in one block from `offset` on.
std::span<char> Spool::in_memory(std::int64_t offset, std::size_t most) const {
  const auto block = static_cast<std::size_t>(offset / piece_size);
  const auto begin = static_cast<std::size_t>(offset % piece_size);
  return {head_[block].get() + begin, std::min(most, std::size_t{piece_size} - begin)};
}

}  // namespace mathtool::data
