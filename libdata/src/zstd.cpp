#include <zstd.h>

#include <new>

#include "decompressor.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

class ZstdDecompressor final : public Decompressor {
 public:
  ZstdDecompressor() {
    if (!stream_) throw std::bad_alloc();
  }

  Decompressed step(std::span<const char> in, std::span<char> out) override {
    // Between two frames an empty input would begin the next one.
    if (in.empty() && frame_ended_) return {};
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t status = ::ZSTD_decompressStream(stream_.get(), &output, &input);
    frame_ended_ = status == 0;
    Decompressed done{input.pos, output.pos};
    if (::ZSTD_isError(status))
      done.fault = fmt::format("the compressed data are damaged: {}", ::ZSTD_getErrorName(status));
    return done;
  }

  bool complete() const override { return frame_ended_; }

  void restart() override {
    ::ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only);
    frame_ended_ = false;
  }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ::ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_{::ZSTD_createDStream()};
  bool frame_ended_ = false;
};

}  // namespace

std::unique_ptr<Decompressor> zstd_decompressor() { return std::make_unique<ZstdDecompressor>(); }

}  // namespace mathtool::data
