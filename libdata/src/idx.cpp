#include "mathtool/data/idx.hpp"

#include "array_values.hpp"
#include "idx_header.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

ArrayLayout read_header(Input& input) {
  return read_idx_header([&](std::span<char> bytes) { return input.read(bytes); }, input.name());
}

}  // namespace

NumericArray read_idx(Input input) {
  const ArrayLayout layout = read_header(input);
  return read_numbers(input, layout);
}

ByteArray read_idx_bytes(Input input) {
  const ArrayLayout layout = read_header(input);
  using Kind = ElementFormat::Kind;
  require<DataError>(layout.element.kind == Kind::unsigned_integer,
                     "{}: byte 2: the elements are no unsigned bytes (type 08)", input.name());
  return read_bytes(input, layout);
}

}  // namespace mathtool::data
