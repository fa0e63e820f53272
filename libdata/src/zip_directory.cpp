#include "zip_directory.hpp"

#include <algorithm>
#include <string_view>

#include "byte_order.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t end_record_size = 22, entry_size = 46;
constexpr std::uint32_t in_zip64 = 0xFFFFFFFF;  // "look into the record for large archives"

/// Numbers at places of a record; all of a zip's are little endian.
class Record {
 public:
  Record(std::string_view bytes, std::int64_t place) : bytes_(bytes), place_(place) {}

  template <class T>
  T at(std::size_t offset) const {
    return load<T>(bytes_.data() + offset, std::endian::little);
  }
  std::string_view bytes() const { return bytes_; }
  std::int64_t place() const { return place_; }  // in the archive

 private:
  std::string_view bytes_;
  std::int64_t place_;
};

class DirectoryReader {
 public:
  DirectoryReader(ByteSource& archive, const std::string& name)
      : archive_(archive), name_(name), size_(archive.size().value_or(0)) {}

  std::vector<ZipEntry> read() {
    find();
    const std::string text = bytes_at(directory_, directory_size_, "the directory");
    std::vector<ZipEntry> entries;
    for (std::size_t at = 0; at < text.size();) {
      const Record entry(std::string_view(text).substr(at),
                         directory_ + static_cast<std::int64_t>(at));
      const bool sound = entry.bytes().size() >= entry_size &&
                         entry.bytes().starts_with("PK\x01\x02"sv) &&
                         entry.bytes().size() >= length_of(entry);
      require<DataError>(sound, "{}: byte {}: expected an entry of the zip directory", name_,
                         entry.place());
      entries.push_back(understand(entry));
      at += length_of(entry);
    }
    return entries;
  }

 private:
  std::string bytes_at(std::int64_t place, std::int64_t count, std::string_view what) {
    require<DataError>(place >= 0 && count >= 0 && place <= size_ && count <= size_ - place,
                       "{}: byte {}: {} of {} bytes exceeds the zip archive of {} bytes", name_,
                       place, what, count, size_);
    std::string bytes(static_cast<std::size_t>(count), '\0');
    const std::size_t there = archive_.read_at(place, bytes);
    require<DataError>(there == bytes.size(), "{}: byte {}: the zip archive ends early", name_,
                       place + static_cast<std::int64_t>(there));
    return bytes;
  }

  /// The directory's place stands at the end of the archive, in front of a comment.
  void find() {
    constexpr std::int64_t longest_tail = std::int64_t{end_record_size} + 0xFFFF;
    const std::int64_t tail_begin = std::max<std::int64_t>(0, size_ - longest_tail);
    const std::string tail = bytes_at(tail_begin, size_ - tail_begin, "the end");
    const std::size_t at = tail.rfind("PK\x05\x06"sv);
    require<DataError>(at != std::string::npos && tail.size() - at >= end_record_size,
                       "{}: byte {}: the zip archive ends without its directory; it is cut short",
                       name_, size_);
    const Record end(std::string_view(tail).substr(at), tail_begin + static_cast<std::int64_t>(at));
    directory_size_ = end.at<std::uint32_t>(12);
    directory_ = end.at<std::uint32_t>(16);
    if (directory_size_ == in_zip64 || directory_ == in_zip64) find_large(end.place());
  }

  void find_large(std::int64_t end) {
    const std::string pointer = bytes_at(end - 20, 20, "the zip64 locator");
    const std::int64_t place = Record(pointer, end - 20).at<std::int64_t>(8);
    const std::string bytes = bytes_at(place, 56, "the zip64 end record");
    require<DataError>(pointer.starts_with("PK\x06\x07"sv) && bytes.starts_with("PK\x06\x06"sv),
                       "{}: byte {}: expected the end record of a large zip archive", name_, place);
    directory_size_ = Record(bytes, place).at<std::int64_t>(40);
    directory_ = Record(bytes, place).at<std::int64_t>(48);
  }

  static std::size_t length_of(const Record& entry) {
    return entry_size + entry.at<std::uint16_t>(28) + entry.at<std::uint16_t>(30) +
           entry.at<std::uint16_t>(32);
  }

  ZipEntry understand(const Record& record) const {
    ZipEntry entry;
    const std::size_t name_size = record.at<std::uint16_t>(28);
    entry.name = record.bytes().substr(entry_size, name_size);
    entry.encrypted = (record.at<std::uint16_t>(8) & 1) != 0;
    entry.method = record.at<std::uint16_t>(10);
    entry.crc = record.at<std::uint32_t>(16);
    entry.compressed_size = record.at<std::uint32_t>(20);
    entry.size = record.at<std::uint32_t>(24);
    entry.header = record.at<std::uint32_t>(42);
    const std::size_t extra_size = record.at<std::uint16_t>(30);
    read_large_sizes(record.bytes().substr(entry_size + name_size, extra_size), entry);
    const bool inside = entry.size >= 0 && entry.compressed_size >= 0 && entry.header >= 0 &&
                        entry.header <= size_ && entry.compressed_size <= size_ - entry.header;
    require<DataError>(inside, "{}: byte {}: the entry's {} bytes exceed the zip archive", name_,
                       record.place(), entry.compressed_size);
    return entry;
  }

  /// Numbers too large for their place in the entry stand, in this order, in an extra field.
  static void read_large_sizes(std::string_view extra, ZipEntry& entry) {
    constexpr std::uint16_t zip64 = 1;
    while (extra.size() >= 4) {
      const Record field(extra, 0);
      const std::size_t field_size = 4 + field.at<std::uint16_t>(2);
      if (field_size > extra.size()) return;
      if (field.at<std::uint16_t>(0) == zip64) {
        std::size_t at = 4;
        for (std::int64_t* number : {&entry.size, &entry.compressed_size, &entry.header})
          if (*number == in_zip64 && at + 8 <= field_size) {
            *number = field.at<std::int64_t>(at);
            at += 8;
          }
        return;
      }
      extra.remove_prefix(field_size);
    }
  }

  ByteSource& archive_;
  const std::string& name_;
  std::int64_t size_;
  std::int64_t directory_ = 0, directory_size_ = 0;
};

}  // namespace

std::vector<ZipEntry> read_zip_directory(ByteSource& archive, const std::string& name) {
  return DirectoryReader(archive, name).read();
}

}  // namespace mathtool::data
