#pragma once

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "compressed_bytes.hpp"

namespace mathtool::test {

/// The bytes of numbers in memory, each reversed for the other byte order.
template <class T>
std::string bytes_of(const std::vector<T>& numbers, bool reversed = false) {
  std::string bytes;
  for (const T number : numbers) {
    char one[sizeof(T)];
    std::memcpy(one, &number, sizeof(T));
    if (reversed) std::reverse(one, one + sizeof(T));
    bytes.append(one, sizeof(T));
  }
  return bytes;
}

/// An NPY file of version 1.0 with this dictionary, unpadded.
inline std::string npy_with(std::string_view dictionary, std::string_view numbers) {
  return std::string("\x93NUMPY\1\0", 8) + little_endian(dictionary.size() + 1, 2) +
         std::string(dictionary) + "\n" + std::string(numbers);
}

inline std::string npy(std::string_view descr, std::string_view shape, std::string_view numbers,
                       bool fortran_order = false) {
  return npy_with("{'descr': '" + std::string(descr) +
                      "', 'fortran_order': " + (fortran_order ? "True" : "False") +
                      ", 'shape': " + std::string(shape) + ", }",
                  numbers);
}

/// An IDX file: the type, the dimensions in 32 bits each, the most significant byte first.
inline std::string idx(char type, const std::vector<unsigned>& shape, std::string_view numbers) {
  std::string bytes = {'\0', '\0', type, static_cast<char>(shape.size())};
  for (const unsigned n : shape) {
    std::string dimension = little_endian(n, 4);
    std::reverse(dimension.begin(), dimension.end());
    bytes += dimension;
  }
  return bytes + std::string(numbers);
}

}  // namespace mathtool::test
