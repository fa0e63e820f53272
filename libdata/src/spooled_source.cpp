#include <vector>

#include "sized_source.hpp"
#include "spool.hpp"

namespace mathtool::data {
namespace {

class SpooledSource final : public SizedSource {
 public:
  SpooledSource(Spool spool, std::int64_t size, std::int64_t position)
      : SizedSource(size, position), spool_(std::move(spool)) {}

  std::size_t read_at(std::int64_t offset, std::span<char> buffer) override {
    return spool_.read(offset, buffer);
  }

 private:
  Spool spool_;
};

}  // namespace

std::unique_ptr<ByteSource> spooled_source(ByteSource& source, std::int64_t memory,
                                           std::int64_t position) {
  source.rewind();
  source.forget();
  Spool spool(memory);
  std::int64_t size = 0;
  std::vector<char> buffer(std::size_t{256} << 10);
  while (const std::size_t count = source.read(buffer)) {
    spool.append(std::span(buffer).first(count));
    size += static_cast<std::int64_t>(count);
  }
  return std::make_unique<SpooledSource>(std::move(spool), size, position);
}

}  // namespace mathtool::data
