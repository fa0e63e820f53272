#pragma once

#include <memory>
#include <string>

#include "byte_source.hpp"

namespace mathtool::data {

/// What a file holds, by its first bytes: what is compressed, decompressed in a thread of its own;
/// of an NPZ archive, the array called `member`; everything else as it is.
/// Takes `file` over unless it throws. Pre: nothing was read.  Throws: as Input::open.
std::unique_ptr<ByteSource> content_source(std::unique_ptr<ByteSource>& file,
                                           const std::string& member, const std::string& name,
                                           std::int64_t memory);

}  // namespace mathtool::data
