#include "content_source.hpp"

#include "decompressor.hpp"
#include "file_signature.hpp"
#include "npz_source.hpp"

namespace mathtool::data {

std::unique_ptr<ByteSource> content_source(std::unique_ptr<ByteSource>& file,
                                           const std::string& member, const std::string& name,
                                           std::int64_t memory) {
  const std::string start = file->peek(signature_size);
  if (is_gzip(start))
    return read_ahead_source(decompressing_source(std::move(file), gzip_decompressor(), name));
#ifdef MATHTOOL_HAVE_ZSTD
  if (is_zstd(start))
    return read_ahead_source(decompressing_source(std::move(file), zstd_decompressor(), name));
#endif
  if (!is_zip(start)) return std::move(file);
  auto archive = file->seekable() ? std::move(file) : spooled_source(*file, memory, 0);
  auto array = npz_source(std::move(archive), member, name);
  return array->seekable() ? std::move(array) : read_ahead_source(std::move(array));
}

}  // namespace mathtool::data
