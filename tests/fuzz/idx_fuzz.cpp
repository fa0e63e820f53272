#include <string>

#include "array_readers.hpp"
#include "mathtool/data/idx.hpp"

using namespace mathtool;

/// An IDX file, without its first two zeros, read as an array, as bytes and as a table. Refusals
/// are errors of this project; whatever else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string file =
      std::string(2, '\0') + std::string(reinterpret_cast<const char*>(bytes), size);
  fuzz::compare_readers(file, data::read_idx);
  try {
    const data::ByteArray array = data::read_idx_bytes(data::Input::from_text(file));
    if (!file.ends_with(std::string(array.values.begin(), array.values.end()))) std::abort();
  } catch (const Error&) {}
  return 0;
}
