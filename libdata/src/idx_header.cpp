#include "idx_header.hpp"

#include "byte_order.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::data {
namespace {

ElementFormat element_format(char code, const std::string& name) {
  using Kind = ElementFormat::Kind;
  constexpr auto order = std::endian::big;
  switch (code) {
    case 0x08: return {Kind::unsigned_integer, 1, order};
    case 0x09: return {Kind::integer, 1, order};
    case 0x0B: return {Kind::integer, 2, order};
    case 0x0C: return {Kind::integer, 4, order};
    case 0x0D: return {Kind::real, 4, order};
    case 0x0E: return {Kind::real, 8, order};
    default:
      throw DataError(fmt::format(
          "{}: byte 2: 0x{:02x} is no IDX type; the types are 08, 09, 0b, 0c, 0d and 0e", name,
          static_cast<unsigned char>(code)));
  }
}

}  // namespace

ArrayLayout read_idx_header(ReadBytes read, const std::string& name) {
  constexpr std::size_t magic_size = 4, dimension_size = 4;
  char magic[magic_size];
  const std::size_t count = read(magic);
  for (std::size_t i = 0; i < idx_magic.size() && i < count; ++i)
    require<DataError>(magic[i] == idx_magic[i], "{}: byte {}: 0x{:02x} where an IDX file has 0x00",
                       name, i, static_cast<unsigned char>(magic[i]));
  const auto require_bytes = [&](bool there, std::size_t end) {
    require<DataError>(there, "{}: byte {}: the file ends inside the IDX header", name, end);
  };
  require_bytes(count == magic_size, count);
  ArrayLayout layout{.element = element_format(magic[2], name)};
  const std::size_t dimensions = static_cast<unsigned char>(magic[3]);
  std::size_t place = magic_size;
  for (std::size_t i = 0; i < dimensions; ++i) {
    char bytes[dimension_size];
    const std::size_t more = read(bytes);
    require_bytes(more == dimension_size, place + more);
    place += dimension_size;
    layout.shape.push_back(load<std::uint32_t>(bytes, std::endian::big));
  }
  check_shape(layout, name, std::ssize(magic));
  layout.first_byte = static_cast<std::int64_t>(place);
  return layout;
}

}  // namespace mathtool::data
