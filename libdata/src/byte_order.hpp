#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace mathtool::data {

/// The value that stands at `bytes` in the given byte order.
template <class T>
T load(const char* bytes, std::endian order) {
  char ordered[sizeof(T)];
  if (order == std::endian::native)
    std::memcpy(ordered, bytes, sizeof(T));
  else
    std::reverse_copy(bytes, bytes + sizeof(T), ordered);
  T value;
  std::memcpy(&value, ordered, sizeof(T));
  return value;
}

}  // namespace mathtool::data
