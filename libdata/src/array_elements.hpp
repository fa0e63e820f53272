#pragma once

#include <cstddef>

#include "array_layout.hpp"

namespace mathtool::data {

/// Turns numbers of an array into doubles, rounded to nearest where they have more digits. They
/// stand `from_step` bytes apart, the doubles `to_step` places.
using ElementConverter = void (*)(const char* from, std::ptrdiff_t from_step, double* to,
                                  std::ptrdiff_t to_step, Index count);

/// Null where there is no such format: an integer of 3 bytes, a boolean of two.
ElementConverter element_converter(const ElementFormat& format);

}  // namespace mathtool::data
