#include "file_signature.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

struct Signature {
  std::string_view bytes;
  std::string_view what;
  std::string_view remedy;
};

using namespace std::string_view_literals;

constexpr std::string_view gzip = "\x1F\x8B"sv, zstd = "\x28\xB5\x2F\xFD"sv, zip = "PK\x03\x04"sv,
                           empty_zip = "PK\x05\x06"sv;

// What is decompressed on the way stands here for files that were compressed twice.
constexpr Signature signatures[] = {
    {gzip, "gzip-compressed twice", "decompress it once, e.g. gunzip -c FILE | mathtool ..."},
    {zstd, "zstd-compressed", "decompress it first, e.g. zstdcat FILE | mathtool ..."},
    {"\xFD"
     "7zXZ\0"sv,
     "xz-compressed", "decompress it first, e.g. xzcat FILE | mathtool ..."},
    {zip, "a zip archive or a spreadsheet", "unpack it, or save the sheet as CSV"},
    {"\xFF\xFE"sv, "UTF-16 (little endian)", "convert it, e.g. iconv -f UTF-16 -t UTF-8"},
    {"\xFE\xFF"sv, "UTF-16 (big endian)", "convert it, e.g. iconv -f UTF-16 -t UTF-8"},
};

}  // namespace

bool is_gzip(std::string_view start) { return start.starts_with(gzip); }
bool is_zstd(std::string_view start) { return start.starts_with(zstd); }

bool is_zip(std::string_view start) {
  return start.starts_with(zip) || start.starts_with(empty_zip);
}

void refuse_other_formats(std::string_view start, const std::string& name) {
  for (const Signature& signature : signatures)
    require<DataError>(!start.starts_with(signature.bytes), "{} is {}; {}", name, signature.what,
                       signature.remedy);
}

std::size_t byte_order_mark_size(std::string_view start) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return start.starts_with(mark) ? mark.size() : 0;
}

}  // namespace mathtool::data
