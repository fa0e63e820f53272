#pragma once

#include <zlib.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace mathtool::test {

/// Compresses as zlib's inflateInit2 will read it: 31 is a gzip member, -15 bare deflate.
inline std::string deflated(std::string_view bytes, int window_bits) {
  z_stream stream = {};
  REQUIRE(::deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string result(::deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  result.resize(stream.total_out);
  ::deflateEnd(&stream);
  return result;
}

inline std::string gzip(std::string_view bytes) { return deflated(bytes, 31); }

/// A frame of one uncompressed block, by hand after RFC 8878. Pre: less than 256 bytes.
inline std::string zstd_frame(std::string_view bytes) {
  const auto size = static_cast<unsigned>(bytes.size());
  const unsigned block = size << 3 | 1;  // raw, the last one
  std::string frame = "\x28\xB5\x2F\xFD\x20";
  frame += static_cast<char>(size);
  frame += {static_cast<char>(block & 0xFF), static_cast<char>(block >> 8), '\0'};
  return frame.append(bytes);
}

/// The lowest `size` bytes of a number, the least first.
inline std::string little_endian(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i, number >>= 8) bytes += static_cast<char>(number & 0xFF);
  return bytes;
}

struct ZipFile {
  std::string name;
  std::string bytes;
  bool deflate = false;
  int flags = 0;
  int method = -1;  ///< what the archive claims; the right one if negative
};

enum class ZipSize { ordinary, large };  ///< large: every number stands in the zip64 records

/// A zip archive after PKWARE's APPNOTE.TXT.
inline std::string zip(const std::vector<ZipFile>& files, ZipSize form = ZipSize::ordinary,
                       std::string_view comment = "") {
  const bool large = form == ZipSize::large;
  const auto number = [&](std::size_t n) { return little_endian(large ? 0xFFFFFFFF : n, 4); };
  std::string archive, directory;
  for (const ZipFile& file : files) {
    const std::string content = file.deflate ? deflated(file.bytes, -15) : file.bytes;
    const std::size_t place = archive.size();
    const auto crc =
        ::crc32_z(0, reinterpret_cast<const Bytef*>(file.bytes.data()), file.bytes.size());
    const int method = file.method >= 0 ? file.method : file.deflate ? 8 : 0;
    const std::string start = little_endian(static_cast<unsigned>(file.flags), 2) +
                              little_endian(static_cast<unsigned>(method), 2) +
                              little_endian(0, 4) + little_endian(crc, 4) + number(content.size()) +
                              number(file.bytes.size()) + little_endian(file.name.size(), 2);
    std::string extra;
    if (large)
      extra = little_endian(1, 2) + little_endian(24, 2) + little_endian(file.bytes.size(), 8) +
              little_endian(content.size(), 8) + little_endian(place, 8);
    const std::string extra_size = little_endian(extra.size(), 2);
    archive +=
        "PK\x03\x04" + little_endian(45, 2) + start + extra_size + file.name + extra + content;
    directory += "PK\x01\x02" + little_endian(45, 2) + little_endian(45, 2) + start + extra_size +
                 little_endian(0, 2 + 2 + 2 + 4) + number(place) + file.name + extra;
  }
  const std::size_t place = archive.size(), count = files.size();
  archive += directory;
  if (large) {
    const std::size_t end = archive.size();
    archive += "PK\x06\x06" + little_endian(44, 8) + little_endian(45, 2) + little_endian(45, 2) +
               little_endian(0, 8) + little_endian(count, 8) + little_endian(count, 8) +
               little_endian(directory.size(), 8) + little_endian(place, 8);
    archive += "PK\x06\x07" + little_endian(0, 4) + little_endian(end, 8) + little_endian(1, 4);
  }
  archive += "PK\x05\x06" + little_endian(0, 4) + little_endian(count, 2) +
             little_endian(count, 2) + number(directory.size()) + number(place) +
             little_endian(comment.size(), 2) + std::string(comment);
  return archive;
}

}  // namespace mathtool::test
