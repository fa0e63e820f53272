#include "mathtool/data/npy.hpp"

#include <fmt/format.h>

#include <bit>
#include <functional>
#include <numeric>
#include <span>
#include <string>
#include <string_view>

#include "array_values.hpp"
#include "mathtool/math/error.hpp"
#include "npy_header.hpp"

namespace mathtool::data {
namespace {

/// The header's end stands at a multiple of 64 bytes, as NumPy has it.
std::string header(std::string_view shape) {
  constexpr std::size_t prefix_size = 10, alignment = 64;
  std::string text =
      fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}), }}", shape);
  const std::size_t size = prefix_size + text.size() + 1;
  text.append((alignment - size % alignment) % alignment, ' ');
  text += '\n';
  std::string bytes(npy_magic);
  bytes += {'\1', '\0', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
  return bytes + text;
}

void write_doubles(OutputFile& out, std::span<const double> values) {
  static_assert(std::endian::native == std::endian::little, "bytes go out as they stand");
  out.write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

}  // namespace

NumericArray read_npy(Input input) {
  const ArrayLayout layout =
      read_npy_header([&](std::span<char> bytes) { return input.read(bytes); }, input.name());
  return read_numbers(input, layout);
}

NpyWriter::NpyWriter(OutputFile& out, std::int64_t rows, Index columns)
    : out_(out), rows_(rows), columns_(columns) {
  require(rows >= 0 && columns >= 0, "NpyWriter: rows and columns must be >= 0, got {} x {}", rows,
          columns);
  out_.write(header(fmt::format("{}, {}", rows, columns)));
}

void NpyWriter::write(RowMatRef rows) {
  require<DimensionError>(rows.cols() == columns_, "NpyWriter: {} columns where {} were announced",
                          rows.cols(), columns_);
  require<DimensionError>(rows.rows() <= rows_ - written_,
                          "NpyWriter: more rows than the {} announced", rows_);
  for (Index i = 0; i < rows.rows(); ++i)
    write_doubles(out_, {rows.row(i).data(), static_cast<std::size_t>(columns_)});
  written_ += rows.rows();
}

void NpyWriter::finish() {
  require<DimensionError>(written_ == rows_, "NpyWriter: {} rows where {} were announced", written_,
                          rows_);
}

void write_npy(OutputFile& out, const NumericArray& array) {
  const Index size =
      std::accumulate(array.shape.begin(), array.shape.end(), Index{1}, std::multiplies<>());
  require<DimensionError>(size == std::ssize(array.values),
                          "write_npy: {} values in an array of {}", array.values.size(),
                          fmt::join(array.shape, " x "));
  // Python's tuple of one has a comma.
  out.write(header(
      fmt::format("{}{}", fmt::join(array.shape, ", "), array.shape.size() == 1 ? "," : "")));
  write_doubles(out, array.values);
}

}  // namespace mathtool::data
