#include "byte_source.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::data {

std::string ByteSource::peek(std::size_t count) {
  std::string bytes(count, '\0');
  bytes.resize(read_at(0, bytes));
  return bytes;
}

std::size_t ByteSource::read_at(std::int64_t, std::span<char>) {
  throw DomainError("ByteSource: bytes that come in order cannot be read at any place");
}

}  // namespace mathtool::data
