#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::data {

/// Numbers in any number of dimensions, the last index running fastest.
template <class T>
struct Array {
  std::vector<Index> shape = {};
  std::vector<T> values = {};  ///< as many as the product of the shape
};

using NumericArray = Array<double>;
using ByteArray = Array<std::uint8_t>;

}  // namespace mathtool::data
