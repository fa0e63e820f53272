#include "mathtool/data/read_array.hpp"

#include "array_values.hpp"
#include "idx_header.hpp"
#include "mathtool/math/error.hpp"
#include "npy_header.hpp"

namespace mathtool::data {
namespace {

struct RecognisedArray {
  ArrayLayout layout;
  bool is_idx = false;
};

RecognisedArray read_either_header(Input& input) {
  const std::string start = input.peek(npy_magic.size());
  const auto read = [&](std::span<char> bytes) { return input.read(bytes); };
  if (start == npy_magic) return {read_npy_header(read, input.name()), false};
  require<InsufficientDataError>(!start.empty(), "{} is empty", input.name());
  require<DataError>(start.starts_with(idx_magic),
                     "{} is neither an IDX nor an NPY file: it begins with none of their marks",
                     input.name());
  return {read_idx_header(read, input.name()), true};
}

}  // namespace

SingleArray read_single_array(Input input) {
  const auto [layout, is_idx] = read_either_header(input);
  const bool bytes =
      layout.element.kind == ElementFormat::Kind::unsigned_integer && layout.element.size == 1;
  SingleArray result{.shape = layout.shape, .is_idx = is_idx};
  if (bytes)
    result.values = read_bytes(input, layout).values;
  else
    result.values = read_floats(input, layout).values;
  return result;
}

NumericArray read_array(Input input) {
  const ArrayLayout layout = read_either_header(input).layout;
  return read_numbers(input, layout);
}

}  // namespace mathtool::data
