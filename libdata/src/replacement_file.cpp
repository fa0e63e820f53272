#include "replacement_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace mathtool::data {
namespace {

constexpr mode_t every_mode_bit = 07777;

/// Where a chain of symbolic links ends, whether there is a file or not.
std::filesystem::path follow_links(std::filesystem::path path) {
  constexpr int most_links = 40;
  std::error_code none;
  for (int i = 0; i < most_links && std::filesystem::is_symlink(path, none); ++i)
    path = path.parent_path() / std::filesystem::read_symlink(path, none);
  return path;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

std::string open_file_path(const FileDescriptor& file) {
  return fmt::format("/proc/self/fd/{}", file.number());
}

/// Calls `create` with one name after the other until one is not taken; false on another error.
template <class Create>
bool create_unique(const std::filesystem::path& folder, std::filesystem::path& name,
                   Create create) {
  for (int attempt = 0;; ++attempt) {
    name = folder / fmt::format(".mathtool-{}-{}", ::getpid(), attempt);
    if (create(name.c_str())) return true;
    if (errno != EEXIST) return false;
  }
}

}  // namespace

ReplacementFile::ReplacementFile(std::filesystem::path destination)
    : destination_(follow_links(std::move(destination))) {
  const std::filesystem::path folder = folder_of(destination_);
  file_ = FileDescriptor(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
  const bool nameable = file_.is_open() && ::access(open_file_path(file_).c_str(), F_OK) == 0;
  if (!nameable) {
    const bool created = create_unique(folder, temporary_, [&](const char* name) {
      file_ = FileDescriptor(::open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666));
      return file_.is_open();
    });
    if (!created) temporary_.clear();
  }
  struct stat replaced {};
  if (file_.is_open() && ::stat(destination_.c_str(), &replaced) == 0)
    ::fchmod(file_.number(), replaced.st_mode & every_mode_bit);
}

ReplacementFile::~ReplacementFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

bool ReplacementFile::put_in_place() {
  if (temporary_.empty() && !give_name()) return false;
  if (::rename(temporary_.c_str(), destination_.c_str()) != 0) return false;
  temporary_.clear();
  return true;
}

bool ReplacementFile::give_name() {
  const std::string nameless = open_file_path(file_);
  const bool named = create_unique(folder_of(destination_), temporary_, [&](const char* name) {
    return ::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
  });
  if (!named) temporary_.clear();
  return named;
}

}  // namespace mathtool::data
