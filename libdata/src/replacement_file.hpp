#pragma once

#include <sys/types.h>

#include <filesystem>

#include "file_descriptor.hpp"

namespace mathtool::data {

/// A regular file in the making, in the folder of the one that it will replace. Where the file
/// system can, it has no name until then, so that not even a killed program leaves it behind. Calls
/// leave their error in `errno`.
class ReplacementFile {
 public:
  /// Has the mode of the file that stands at `destination`, a new one the mode that the umask
  /// allows.
  explicit ReplacementFile(std::filesystem::path destination);
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;
  ~ReplacementFile();

  /// Check it after construction: not open means that the folder cannot be written.
  const FileDescriptor& file() const { return file_; }

  /// Puts the file in place of the old one in one step. Whether it could.
  bool put_in_place();

 private:
  bool give_name();

  std::filesystem::path destination_;
  std::filesystem::path temporary_ = {};  // empty while the file has no name
  FileDescriptor file_ = {};
};

}  // namespace mathtool::data
