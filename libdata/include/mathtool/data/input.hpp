#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace mathtool::data {

class ByteSource;

struct InputOptions {
  /// A pipe that is read again is remembered: up to this many bytes (≥ 0) in memory, the rest in an
  /// unlinked temporary file (in $TMPDIR or /tmp).
  std::int64_t memory = std::int64_t{256} << 20;
};

/// Bytes from a file, a pipe or memory, in order, and again from the start after `rewind`.
class Input {
 public:
  /// "-" is standard input. Throws: DataError that names the path and the reason: not found,
  /// a directory, no permission.
  static Input open(const std::string& path, const InputOptions& options = {});
  static Input from_text(std::string text, std::string name = "text");

  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;
  ~Input();

  /// Fills `buffer` completely unless the end comes first; returns the number of bytes read, so
  /// that what arrives does not depend on how a pipe delivers it. Throws: DataError on a read
  /// error.
  std::size_t read(std::span<char> buffer);

  /// Says that a second reading will follow, before the first byte is read. Regular files and texts
  /// need no preparation; a pipe starts to remember.
  void remember();

  /// Takes `remember` back: there will be no second reading after all.
  void forget();

  /// Back to the first byte. Pre: nothing read yet, a regular file, a text, or `remember` was
  /// called.
  void rewind();

  const std::string& name() const;           ///< for messages: the path, or "<stdin>"
  std::optional<std::int64_t> size() const;  ///< bytes, where known

 private:
  Input(std::unique_ptr<ByteSource> source, std::string name);
  std::unique_ptr<ByteSource> source_;
  std::string name_;
};

}  // namespace mathtool::data
