#include "mathtool/data/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "byte_source.hpp"
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

}  // namespace

Input Input::open(const std::string& path, const InputOptions& options) {
  require(options.memory >= 0, "Input: memory must be >= 0, got {}", options.memory);
  const std::string name = path == "-" ? "<stdin>" : path;
  FileDescriptor file = open_for_reading(path);
  struct stat status {};
  const bool known = ::fstat(file.number(), &status) == 0;
  require<DataError>(known, "cannot open '{}': {}", name, system_reason(errno));
  require<DataError>(!S_ISDIR(status.st_mode), "cannot open '{}': {}", name, system_reason(EISDIR));
  return Input(S_ISREG(status.st_mode) ? regular_file_source(std::move(file), name)
                                       : pipe_source(std::move(file), name, options.memory),
               name);
}

Input Input::from_text(std::string text, std::string name) {
  return Input(text_source(std::move(text)), std::move(name));
}

Input::Input(std::unique_ptr<ByteSource> source, std::string name)
    : source_(std::move(source)), name_(std::move(name)) {}
Input::Input(Input&&) noexcept = default;
Input& Input::operator=(Input&&) noexcept = default;
Input::~Input() = default;

std::size_t Input::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::size_t count = source_->read(buffer.subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  return filled;
}

void Input::remember() { source_->remember(); }
void Input::forget() { source_->forget(); }
void Input::rewind() { source_->rewind(); }
const std::string& Input::name() const { return name_; }
std::optional<std::int64_t> Input::size() const { return source_->size(); }

}  // namespace mathtool::data
