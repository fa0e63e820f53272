#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mathtool::data {

/// So many first bytes of a file are enough for what stands below.
inline constexpr std::size_t signature_size = 6;

bool is_gzip(std::string_view start);
bool is_zstd(std::string_view start);
bool is_zip(std::string_view start);

/// Recognises by its first bytes what is no text table: what could not be decompressed, UTF-16.
/// Throws: DataError that says what the file is and how to get a table out of it.
void refuse_other_formats(std::string_view start, const std::string& name);

/// Bytes of the mark that some programs put in front of UTF-8, 0 or 3.
std::size_t byte_order_mark_size(std::string_view start);

}  // namespace mathtool::data
