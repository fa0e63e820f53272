#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace mathtool::data {

/// Owns an open file of the system; -1 is none. Calls repeat when a signal interrupts them and
/// leave the error in `errno`.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  /// Opens an existing file with the flags of open(2), closed on exec.
  FileDescriptor(const std::string& path, int flags);
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

  /// Bytes read, 0 at the end, -1 on an error.
  std::ptrdiff_t read(std::span<char> buffer) const;
  /// The same from a place in the file, whatever was read before.
  std::ptrdiff_t read_at(std::span<char> buffer, std::ptrdiff_t offset) const;
  /// Whether all bytes were written.
  bool write(std::string_view bytes) const;

 private:
  int number_ = -1;
};

}  // namespace mathtool::data
