#include "mathtool/data/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "byte_source.hpp"
#include "content_source.hpp"
#include "file_signature.hpp"
#include "mathtool/math/error.hpp"
#include "system_reason.hpp"

namespace mathtool::data {
namespace {

FileDescriptor open_for_reading(const std::string& path) {
  FileDescriptor file = path == "-" ? FileDescriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0))
                                    : FileDescriptor(path, O_RDONLY);
  require<DataError>(file.is_open(), "cannot open '{}': {}", path == "-" ? "<stdin>" : path,
                     errno == ENOENT ? "no such file" : system_reason(errno));
  return file;
}

/// A path, and the array of an archive that it names. A file that is called so comes first.
struct Place {
  std::string file;
  std::string member = {};
};

Place find_place(const std::string& path) {
  const std::size_t colon = path.rfind(':');
  if (colon == std::string::npos || ::access(path.c_str(), F_OK) == 0) return {path};
  const FileDescriptor file(path.substr(0, colon), O_RDONLY | O_NONBLOCK);
  std::string start(signature_size, '\0');
  const auto count = file.is_open() ? file.read_at(start, 0) : 0;
  start.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(count, 0)));
  if (!is_zip(start)) return {path};
  return {path.substr(0, colon), path.substr(colon + 1)};
}

}  // namespace

Input Input::open(const std::string& path, const InputOptions& options) {
  require(options.memory >= 0, "Input: memory must be >= 0, got {}", options.memory);
  const Place place = find_place(path);
  const std::string name = path == "-" ? "<stdin>" : place.file;
  FileDescriptor file = open_for_reading(place.file);
  struct stat status {};
  const bool known = ::fstat(file.number(), &status) == 0;
  require<DataError>(known, "cannot open '{}': {}", name, system_reason(errno));
  require<DataError>(!S_ISDIR(status.st_mode), "cannot open '{}': {}", name, system_reason(EISDIR));
  return Input(S_ISREG(status.st_mode) ? regular_file_source(std::move(file), name)
                                       : pipe_source(std::move(file), name, options.memory),
               name, place.member, options.memory);
}

Input Input::from_text(std::string text, std::string name) {
  return Input(text_source(std::move(text)), std::move(name), "", InputOptions{}.memory);
}

Input::Input(std::unique_ptr<ByteSource> source, std::string name, std::string member,
             std::int64_t memory)
    : source_(std::move(source)),
      name_(std::move(name)),
      member_(std::move(member)),
      memory_(memory) {
  if (source_->seekable()) content();  // a pipe may have nothing to tell for a while
}
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;
Input::~Input() = default;

ByteSource& Input::content() {
  if (!recognised_) source_ = content_source(source_, member_, name_, memory_);
  recognised_ = true;
  return *source_;
}

std::size_t Input::read(std::span<char> buffer) {
  ByteSource& source = content();
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::size_t count = source.read(buffer.subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  position_ += static_cast<std::int64_t>(filled);
  return filled;
}

std::string Input::peek(std::size_t count) { return content().peek(count); }

std::size_t Input::read_at(std::int64_t offset, std::span<char> buffer) {
  if (!content().seekable()) source_ = spooled_source(*source_, memory_, position_);
  return source_->read_at(offset, buffer);
}

void Input::remember() { source_->remember(); }
void Input::forget() { source_->forget(); }

void Input::rewind() {
  content().rewind();
  position_ = 0;
}

const std::string& Input::name() const { return name_; }
std::optional<std::int64_t> Input::size() const { return source_->size(); }

ReadingProgress Input::progress() const {
  return {source_->consumed(), source_->file_size().value_or(0)};
}

}  // namespace mathtool::data
