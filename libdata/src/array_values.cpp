#include "array_values.hpp"

#include <algorithm>

#include "array_bytes.hpp"
#include "array_elements.hpp"

namespace mathtool::data {
namespace {

/// Calls `append(bytes)` with the array in pieces of whole elements. Memory for the values is
/// reserved once the bytes are known to be there.
template <class T, class Append>
void read_pieces(Input& input, const ArrayLayout& layout, std::vector<T>& values, Append&& append) {
  check_array_size(input, layout);
  if (input.size()) values.reserve(static_cast<std::size_t>(layout.size() / layout.element.size));
  constexpr std::int64_t piece = std::int64_t{1} << 20;
  for (std::int64_t left = layout.size(); left > 0;) {
    const auto bytes = read_array_bytes(input, std::min(piece, left));
    left -= std::ssize(bytes);
    if (left > 0 && std::ssize(bytes) < piece) fail_cut_short(input, layout, left);
    append(bytes);
  }
  check_array_end(input, layout);
}

/// What was stored by columns, by rows.
template <class T>
std::vector<T> by_rows(const std::vector<T>& values, const ArrayLayout& layout) {
  if (values.empty()) return values;  // whatever other dimensions are claimed
  const Index rows = layout.rows(), columns = layout.columns();
  const std::vector<Index> strips = strips_of_columns(layout);
  std::vector<T> result(values.size());
  for (Index j = 0; j < columns; ++j)
    for (Index i = 0; i < rows; ++i)
      result[static_cast<std::size_t>(i * columns + j)] =
          values[static_cast<std::size_t>(strips[static_cast<std::size_t>(j)] * rows + i)];
  return result;
}

}  // namespace

NumericArray read_numbers(Input& input, const ArrayLayout& layout) {
  const ElementConverter convert = element_converter(layout.element);
  const Index size = layout.element.size;
  NumericArray array{.shape = layout.shape};
  read_pieces(input, layout, array.values, [&](const std::vector<char>& bytes) {
    const std::size_t before = array.values.size();
    const Index count = std::ssize(bytes) / size;
    array.values.resize(before + static_cast<std::size_t>(count));
    convert(bytes.data(), size, array.values.data() + before, 1, count);
  });
  if (layout.order() == ArrayOrder::by_columns) array.values = by_rows(array.values, layout);
  return array;
}

Array<float> read_floats(Input& input, const ArrayLayout& layout) {
  const ElementConverter convert = element_converter(layout.element);
  const Index size = layout.element.size;
  Array<float> array{.shape = layout.shape};
  std::vector<double> numbers;
  read_pieces(input, layout, array.values, [&](const std::vector<char>& bytes) {
    numbers.resize(bytes.size() / static_cast<std::size_t>(size));
    convert(bytes.data(), size, numbers.data(), 1, std::ssize(numbers));
    for (const double x : numbers) array.values.push_back(static_cast<float>(x));
  });
  if (layout.order() == ArrayOrder::by_columns) array.values = by_rows(array.values, layout);
  return array;
}

ByteArray read_bytes(Input& input, const ArrayLayout& layout) {
  ByteArray array{.shape = layout.shape};
  read_pieces(input, layout, array.values, [&](const std::vector<char>& bytes) {
    array.values.insert(array.values.end(), bytes.begin(), bytes.end());
  });
  if (layout.order() == ArrayOrder::by_columns) array.values = by_rows(array.values, layout);
  return array;
}

}  // namespace mathtool::data
