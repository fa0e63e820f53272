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

/// How much of a file has been read; compressed bytes where it is compressed.
struct ReadingProgress {
  std::int64_t done = 0;
  std::int64_t total = 0;  ///< 0 while unknown
};

/// Bytes from a file, a pipe or memory, in order, and again from the start after `rewind`. What is
/// compressed (gzip of one or many members, zstd where built in) is recognised by its first bytes
/// and read as what it holds, decompressed in a thread of its own; an NPZ archive as one of its
/// arrays, an NPY file.
class Input {
 public:
  /// "-" is standard input; "FILE.npz:NAME" is one array of an archive.
  /// Throws: DataError that names the path and the reason (not found, a directory, no permission)
  ///         or, here or in the first reading, what is wrong with an archive; DomainError that
  ///         lists the arrays where a name is missing or unknown.
  static Input open(const std::string& path, const InputOptions& options = {});
  static Input from_text(std::string text, std::string name = "text");

  Input(Input&&) noexcept;
  Input& operator=(Input&&) noexcept;
  ~Input();

  /// Fills `buffer` completely unless the end comes first; returns the number of bytes read, so
  /// that what arrives does not depend on how a pipe delivers it. Throws: DataError on a read
  /// error, and with the byte of the compressed file where that is broken or cut short.
  std::size_t read(std::span<char> buffer);

  /// The first bytes without reading them, as many as there are of `count`. Pre: nothing read yet.
  std::string peek(std::size_t count);

  /// As `read`, from any place and without moving the place of `read`. What can only be read in
  /// order (a pipe, a compressed file) is put aside for that, the whole of it. Pre: as for rewind.
  std::size_t read_at(std::int64_t offset, std::span<char> buffer);

  /// Says that a second reading will follow, before the first byte is read. Regular files and texts
  /// need no preparation; a pipe starts to remember, compressed bytes as they are.
  void remember();

  /// Takes `remember` back: there will be no second reading after all.
  void forget();

  /// Back to the first byte. Pre: nothing read yet, a regular file, a text, or `remember` was
  /// called.
  void rewind();

  const std::string& name() const;           ///< for messages: the path, or "<stdin>"
  std::optional<std::int64_t> size() const;  ///< bytes that `read` gives, where known
  ReadingProgress progress() const;          ///< since the last `rewind`

 private:
  Input(std::unique_ptr<ByteSource> source, std::string name, std::string member,
        std::int64_t memory);
  ByteSource& content();

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  std::string member_;  // of an archive, where the path names one
  std::int64_t memory_;
  std::int64_t position_ = 0;
  bool recognised_ = false;  // source_ gives the content, decompressed
};

}  // namespace mathtool::data
