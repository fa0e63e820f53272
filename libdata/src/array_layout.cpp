#include "array_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "mathtool/math/error.hpp"

namespace mathtool::data {

Index ArrayLayout::columns() const {
  return std::accumulate(shape.begin() + 1, shape.end(), Index{1}, std::multiplies<>());
}

std::int64_t ArrayLayout::size() const { return rows() * columns() * element.size; }

ArrayOrder ArrayLayout::order() const {
  const auto long_dimensions =
      std::count_if(shape.begin(), shape.end(), [](Index n) { return n > 1; });
  return fortran_order && long_dimensions > 1 ? ArrayOrder::by_columns : ArrayOrder::by_rows;
}

std::string describe(const ArrayLayout& layout) {
  constexpr std::string_view names[] = {"bool", "int", "uint", "float"};
  const ElementFormat& element = layout.element;
  const bool boolean = element.kind == ElementFormat::Kind::boolean;
  const bool big_endian = element.size > 1 && element.order == std::endian::big;
  return fmt::format("{}{}{} in {} order, {}", big_endian ? "big-endian " : "",
                     names[static_cast<std::size_t>(element.kind)],
                     boolean ? "" : std::to_string(8 * element.size),
                     layout.fortran_order ? "Fortran" : "C", fmt::join(layout.shape, " x "));
}

std::vector<Index> strips_of_columns(const ArrayLayout& layout) {
  std::vector<Index> strips = {0};
  Index distance = 1;  // between neighbours along one dimension
  for (std::size_t d = 1; d < layout.shape.size(); ++d) {
    std::vector<Index> finer;
    for (const Index strip : strips)
      for (Index i = 0; i < layout.shape[d]; ++i) finer.push_back(strip + i * distance);
    strips = std::move(finer);
    distance *= layout.shape[d];
  }
  return strips;
}

void check_shape(const ArrayLayout& layout, const std::string& name, std::int64_t byte) {
  require<InsufficientDataError>(!layout.shape.empty(),
                                 "{} holds a single number, which makes no table", name);
  // Zeros are left out, so that the columns of a table without rows can be counted too.
  std::int64_t size = layout.element.size;
  bool fits = true;
  for (const Index n : layout.shape)
    fits = fits && n >= 0 && !__builtin_mul_overflow(size, n > 0 ? n : 1, &size);
  require<DataError>(fits, "{}: byte {}: no array can have the shape {}", name, byte,
                     fmt::join(layout.shape, " x "));
}

}  // namespace mathtool::data
