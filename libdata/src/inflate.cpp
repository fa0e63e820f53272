#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <string_view>

#include "decompressor.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

/// zlib's decompressor, which ends where one compressed stream does.
class Inflater {
 public:
  enum class Format : int { raw = -15, gzip = 15 + 16 };  // as inflateInit2 wants it

  explicit Inflater(Format format) {
    if (::inflateInit2(&stream_, static_cast<int>(format)) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream_); }

  Decompressed step(std::span<const char> in, std::span<char> out) {
    if (ended_) return {};
    // zlib's interface dates from before const; it does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = at_most_unsigned(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = at_most_unsigned(out.size());
    const uInt in_before = stream_.avail_in, out_before = stream_.avail_out;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    ended_ = status == Z_STREAM_END;
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    Decompressed done{in_before - stream_.avail_in, out_before - stream_.avail_out};
    if (status == Z_DATA_ERROR || status == Z_NEED_DICT)
      done.fault = fmt::format("the compressed data are damaged: {}",
                               stream_.msg ? stream_.msg : "a dictionary is wanted");
    return done;
  }

  bool ended() const { return ended_; }

  void restart() {
    ::inflateReset(&stream_);
    ended_ = false;
  }

 private:
  static uInt at_most_unsigned(std::size_t size) {
    return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
  }

  z_stream stream_ = {};
  bool ended_ = false;
};

class DeflateDecompressor final : public Decompressor {
 public:
  Decompressed step(std::span<const char> in, std::span<char> out) override {
    return inflater_.step(in, out);
  }
  bool complete() const override { return inflater_.ended(); }
  void restart() override { inflater_.restart(); }

 private:
  Inflater inflater_{Inflater::Format::raw};
};

class GzipDecompressor final : public Decompressor {
 public:
  Decompressed step(std::span<const char> in, std::span<char> out) override {
    std::size_t padding = 0;
    if (inflater_.ended()) {
      // Behind a member: zeros fill tapes and disks, and another member may follow.
      const auto next = std::find_if(in.begin(), in.end(), [](char c) { return c != '\0'; });
      padding = static_cast<std::size_t>(next - in.begin());
      if (next == in.end()) return {.used = padding};
      if (*next != '\x1F') return {.used = padding, .fault = stray_byte(*next)};
      inflater_.restart();
    }
    Decompressed done = inflater_.step(in.subspan(padding), out);
    done.used += padding;
    return done;
  }
  bool complete() const override { return inflater_.ended(); }
  void restart() override { inflater_.restart(); }

 private:
  static std::string stray_byte(char byte) {
    return fmt::format(
        "0x{:02x} follows the compressed data; it is neither padding nor another gzip member",
        static_cast<unsigned char>(byte));
  }

  Inflater inflater_{Inflater::Format::gzip};
};

}  // namespace

std::unique_ptr<Decompressor> gzip_decompressor() { return std::make_unique<GzipDecompressor>(); }

std::unique_ptr<Decompressor> deflate_decompressor() {
  return std::make_unique<DeflateDecompressor>();
}

}  // namespace mathtool::data
