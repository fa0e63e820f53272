#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "byte_source.hpp"

namespace mathtool::data {

/// A file in a zip archive, by its directory.
struct ZipEntry {
  std::string name = {};
  int method = 0;  ///< 0 stored, 8 deflated
  bool encrypted = false;
  std::uint32_t crc = 0;
  std::int64_t compressed_size = 0, size = 0;
  std::int64_t header = 0;  ///< where its local header stands in the archive
};

/// Reads the directory at the end of a zip archive, also of one larger than 4 GiB.
/// Pre: `archive` is seekable.  Throws: DataError that names the byte.  Ref: PKWARE, APPNOTE.TXT.
std::vector<ZipEntry> read_zip_directory(ByteSource& archive, const std::string& name);

}  // namespace mathtool::data
