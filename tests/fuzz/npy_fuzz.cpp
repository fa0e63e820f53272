#include <string>

#include "array_readers.hpp"
#include "mathtool/data/npy.hpp"

using namespace mathtool;

/// An NPY file, or an NPZ archive, read as an array and as a table. Refusals are errors of this
/// project; whatever else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string file(reinterpret_cast<const char*>(bytes), size);
  // TableReader would read a text, too.
  if (file.starts_with("\x93NUMPY") || file.starts_with("PK\x03\x04"))
    fuzz::compare_readers(file, data::read_npy);
  return 0;
}
