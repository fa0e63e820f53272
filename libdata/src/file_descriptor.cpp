#include "file_descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace mathtool::data {

FileDescriptor::FileDescriptor(const std::string& path, int flags) {
  do number_ = ::open(path.c_str(), flags | O_CLOEXEC);
  while (number_ < 0 && errno == EINTR);  // a FIFO waits for its other end
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (is_open()) ::close(number_);
}

std::ptrdiff_t FileDescriptor::read(std::span<char> buffer) const {
  while (true) {
    const auto count = ::read(number_, buffer.data(), buffer.size());
    if (count >= 0 || errno != EINTR) return count;
  }
}

std::ptrdiff_t FileDescriptor::read_at(std::span<char> buffer, std::ptrdiff_t offset) const {
  while (true) {
    const auto count = ::pread(number_, buffer.data(), buffer.size(), offset);
    if (count >= 0 || errno != EINTR) return count;
  }
}

bool FileDescriptor::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto count = ::write(number_, bytes.data(), bytes.size());
    if (count >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(count));
    else if (errno != EINTR)
      return false;
  }
  return true;
}

}  // namespace mathtool::data
