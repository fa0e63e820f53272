#include "zip_entry_source.hpp"

#include <zlib.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "byte_order.hpp"
#include "decompressor.hpp"
#include "mathtool/math/error.hpp"
#include "sized_source.hpp"

namespace mathtool::data {
namespace {

using namespace std::string_view_literals;

/// A stretch of a seekable source.
class SectionSource final : public SizedSource {
 public:
  SectionSource(std::shared_ptr<ByteSource> whole, std::int64_t begin, std::int64_t size)
      : SizedSource(size), whole_(std::move(whole)), begin_(begin), size_(size) {}

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    if (offset >= size_) return 0;
    const auto left = static_cast<std::size_t>(size_ - offset);
    return whole_->read_at(begin_ + offset, buffer.first(std::min(left, buffer.size())));
  }

 private:
  std::shared_ptr<ByteSource> whole_;
  std::int64_t begin_, size_;
};

/// Passes on what it reads and compares it with what the archive promises.
class CheckedSource final : public ByteSource {
 public:
  CheckedSource(std::unique_ptr<ByteSource> source, const ZipEntry& entry, std::string name)
      : source_(std::move(source)), entry_(entry), name_(std::move(name)) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = source_->read(buffer);
    check(buffer.first(count), seen_);
    return count;
  }

  std::string peek(std::size_t count) override { return source_->peek(count); }

  void rewind() override {
    source_->rewind();
    seen_ = {};
  }

  std::optional<std::int64_t> size() const override { return entry_.size; }
  std::int64_t consumed() const override { return source_->consumed(); }
  std::optional<std::int64_t> file_size() const override { return source_->file_size(); }
  bool seekable() const override { return source_->seekable(); }

  /// Who reads at any place never comes to the end, so the whole is checked before.
  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    if (!whole_is_checked_) check_whole();
    return source_->read_at(offset, buffer);
  }

 private:
  struct Seen {
    std::int64_t size = 0;
    std::uint32_t crc = 0;
  };

  /// Takes what was read next; nothing at the end.
  void check(std::span<const char> bytes, Seen& seen) const {
    auto& [size, crc] = seen;
    size += std::ssize(bytes);
    crc = static_cast<std::uint32_t>(
        ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
    const bool at_end = bytes.empty();
    const bool right = at_end ? size == entry_.size : size <= entry_.size;
    require<DataError>(right, "{}: '{}' has {} bytes where the archive's directory says {}", name_,
                       entry_.name, size, entry_.size);
    require<DataError>(!at_end || crc == entry_.crc,
                       "{}: '{}' is damaged: its checksum is {:08x}, the archive's directory says "
                       "{:08x}",
                       name_, entry_.name, crc, entry_.crc);
  }

  void check_whole() {
    Seen whole;
    std::vector<char> piece(std::size_t{256} << 10);
    for (std::size_t count = piece.size(); count > 0;) {
      count = source_->read_at(whole.size, piece);
      check(std::span(piece).first(count), whole);
    }
    whole_is_checked_ = true;
  }

  std::unique_ptr<ByteSource> source_;
  ZipEntry entry_;
  std::string name_;
  Seen seen_ = {};  // by `read`
  bool whole_is_checked_ = false;
};

/// The entry's bytes stand behind its local header, whose length stands in it.
std::int64_t find_bytes(ByteSource& archive, const ZipEntry& entry, const std::string& name) {
  char header[30];
  const std::size_t count = archive.read_at(entry.header, header);
  const bool sound =
      count == sizeof header && std::string_view(header, count).starts_with("PK\x03\x04"sv);
  require<DataError>(sound, "{}: byte {}: expected the header of '{}'", name, entry.header,
                     entry.name);
  const std::int64_t begin = entry.header + std::ssize(header) +
                             load<std::uint16_t>(header + 26, std::endian::little) +
                             load<std::uint16_t>(header + 28, std::endian::little);
  const std::int64_t archive_size = archive.size().value_or(0);
  require<DataError>(begin <= archive_size && entry.compressed_size <= archive_size - begin,
                     "{}: byte {}: the {} bytes of '{}' exceed the archive", name, begin,
                     entry.compressed_size, entry.name);
  return begin;
}

}  // namespace

std::unique_ptr<ByteSource> zip_entry_source(std::shared_ptr<ByteSource> archive,
                                             const ZipEntry& entry, const std::string& name) {
  constexpr int stored = 0, deflated = 8;
  require<DataError>(!entry.encrypted, "{}: '{}' is encrypted; unpack it first", name, entry.name);
  require<DataError>(entry.method == stored || entry.method == deflated,
                     "{}: '{}' is compressed by zip's method {}; only deflate is read here", name,
                     entry.name, entry.method);
  const std::int64_t begin = find_bytes(*archive, entry, name);
  std::unique_ptr<ByteSource> source =
      std::make_unique<SectionSource>(std::move(archive), begin, entry.compressed_size);
  if (entry.method == deflated)
    source = decompressing_source(std::move(source), deflate_decompressor(), name, begin);
  return std::make_unique<CheckedSource>(std::move(source), entry, name);
}

}  // namespace mathtool::data
