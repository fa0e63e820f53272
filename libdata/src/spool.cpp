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
  const auto room = static_cast<std::size_t>(memory_) - head_.size();
  const auto kept = bytes.first(std::min(room, bytes.size()));
  head_.insert(head_.end(), kept.begin(), kept.end());
  const auto rest = bytes.subspan(kept.size());
  if (rest.empty()) return;
  if (!tail_.is_open()) tail_ = open_nameless_file();
  if (!tail_.write({rest.data(), rest.size()})) fail(errno);
}

std::size_t Spool::read(std::int64_t offset, std::span<char> buffer) const {
  const std::int64_t in_memory = std::ssize(head_);
  if (offset < in_memory) {
    const auto count = std::min(std::ssize(buffer), in_memory - offset);
    std::copy_n(head_.begin() + offset, count, buffer.begin());
    return static_cast<std::size_t>(count);
  }
  if (!tail_.is_open()) return 0;
  const auto count = tail_.read_at(buffer, offset - in_memory);
  if (count < 0) fail(errno);
  return static_cast<std::size_t>(count);
}

}  // namespace mathtool::data
