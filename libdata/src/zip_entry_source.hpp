#pragma once

#include <memory>
#include <string>

#include "byte_source.hpp"
#include "zip_directory.hpp"

namespace mathtool::data {

/// What `entry` of `archive` holds, decompressed, and checked against its size and checksum when it
/// is read to the end. A stored entry is seekable.
/// Pre: `archive` is seekable. Throws: DataError, also for what is encrypted
/// or compressed in another way than deflate.
std::unique_ptr<ByteSource> zip_entry_source(std::shared_ptr<ByteSource> archive,
                                             const ZipEntry& entry, const std::string& name);

}  // namespace mathtool::data
