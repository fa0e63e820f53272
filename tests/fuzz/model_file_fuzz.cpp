#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/model_file.hpp"

using namespace mathtool;

namespace {

/// With the checksum that a file of this content has, where it has one: otherwise no change would
/// ever come past it.
std::string with_checksum(std::string file) {
  const std::string mark = "crc32:";
  const std::size_t length_size = 8, place = file.find(mark), digits = place + mark.size();
  if (place == std::string::npos || place < length_size || digits + 8 > file.size()) return file;
  file.replace(digits, 8, "00000000");
  const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(file.data()) + length_size,
                           static_cast<uInt>(file.size() - length_size));
  return file.replace(digits, 8, fmt::format("{:08x}", crc));
}

/// A model that was read has numbers for all of its layers, finite ones.
void use(const nn::Model& model) {
  const nn::Architecture& architecture = model.network.architecture();
  if (model.network.parameters().size() != architecture.parameter_count()) std::abort();
  if (!model.network.parameters().allFinite()) std::abort();
  constexpr std::int64_t quick = 1 << 16;
  if (architecture.multiplications() > quick) return;
  for (const Index numbers : architecture.slots())
    if (numbers > quick) return;
  const nn::Batch<float> x = nn::Batch<float>::Zero(2, architecture.slots()[0]);
  if (model.network.predict(x, 1).rows() != 2) std::abort();
}

void read(const std::string& file) {
  try {
    use(nn::read_model(data::Input::from_text(file, "model")));
  } catch (const DataError&) {}
}

}  // namespace

/// A model file, read as it is and with its checksum made right. Refusals are DataErrors; whatever
/// else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string file(reinterpret_cast<const char*>(bytes), size);
  read(file);
  read(with_checksum(file));
  return 0;
}
