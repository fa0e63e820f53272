#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "byte_source.hpp"

namespace mathtool::data {

/// What one step of a decompressor did.
struct Decompressed {
  std::size_t used = 0;    ///< bytes of the compressed input
  std::size_t made = 0;    ///< bytes of the output
  std::string fault = {};  ///< what is wrong with the input behind `used`; empty if nothing is
};

/// A compressed format, met in pieces of any size.
class Decompressor {
 public:
  virtual ~Decompressor() = default;

  /// Neither uses nor makes anything behind an end that admits no more.
  virtual Decompressed step(std::span<const char> in, std::span<char> out) = 0;

  /// Whether the compressed data may end here.
  virtual bool complete() const = 0;

  virtual void restart() = 0;
};

/// gzip: one member after the other, then perhaps zeros. Ref: RFC 1952.
std::unique_ptr<Decompressor> gzip_decompressor();

/// The bare compression that zip archives use. Ref: RFC 1951.
std::unique_ptr<Decompressor> deflate_decompressor();

#ifdef MATHTOOL_HAVE_ZSTD
/// zstd: one frame after the other. Ref: RFC 8878.
std::unique_ptr<Decompressor> zstd_decompressor();
#endif

/// What `source` holds, decompressed, as it is read. `first_byte` is where `source` begins in the
/// file, for the messages of its DataErrors.
std::unique_ptr<ByteSource> decompressing_source(std::unique_ptr<ByteSource> source,
                                                 std::unique_ptr<Decompressor> decompressor,
                                                 std::string name, std::int64_t first_byte = 0);

}  // namespace mathtool::data
