#include "mathtool/data/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "file_descriptor.hpp"
#include "replacement_file.hpp"
#include "system_reason.hpp"

namespace mathtool::data {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  const std::string name = path == "-" ? "standard output" : fmt::format("'{}'", path);
  if (error == EPIPE) throw ClosedPipe(fmt::format("{} is a pipe that nobody reads", name));
  throw DataError(fmt::format("cannot write {}: {}", name, system_reason(error)));
}

}  // namespace

struct OutputFile::State {
  explicit State(std::string destination) : path(std::move(destination)) {
    if (path == "-") {
      direct = FileDescriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
      if (!direct.is_open()) fail(path, errno);
      return;
    }
    struct stat status {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) fail(path, EISDIR);
    if (exists && !S_ISREG(status.st_mode)) {
      direct = FileDescriptor(path, O_WRONLY);
      if (!direct.is_open()) fail(path, errno);
      return;
    }
    // Replacing needs no permission to write the old file; who withdrew it wants to keep that file.
    if (exists && ::access(path.c_str(), W_OK) != 0) fail(path, errno);
    replacement.emplace(path);
    if (!replacement->file().is_open()) fail(path, errno);
  }

  void flush() {
    const FileDescriptor& file = replacement ? replacement->file() : direct;
    if (!file.write(buffer)) fail(path, errno);
    buffer.clear();
  }

  std::string path;
  std::string buffer = {};
  FileDescriptor direct = {};                       // a device, a pipe, standard output
  std::optional<ReplacementFile> replacement = {};  // a regular file
  bool committed = false;
};

OutputFile::OutputFile(std::string path) : state_(std::make_unique<State>(std::move(path))) {}
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;
OutputFile::~OutputFile() = default;

void OutputFile::write(std::string_view bytes) {
  constexpr std::size_t enough = std::size_t{64} << 10;
  state_->buffer += bytes;
  if (state_->buffer.size() >= enough) state_->flush();
}

void OutputFile::flush() { state_->flush(); }

void OutputFile::commit() {
  require(!state_->committed, "OutputFile: '{}' was committed already", state_->path);
  state_->flush();
  if (state_->replacement && !state_->replacement->put_in_place()) fail(state_->path, errno);
  state_->committed = true;
}

const std::string& OutputFile::path() const { return state_->path; }

}  // namespace mathtool::data
