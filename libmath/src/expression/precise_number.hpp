#pragma once

#include <fmt/format.h>

#include <cmath>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

/// 0.1 is one tenth, not the double next to it.
template <class T>
T precise_number(const Expression::Number& number) {
  if (!std::isfinite(number.value)) return number.value;
  return T(number.written.empty() ? fmt::format("{}", number.value) : number.written);
}

}  // namespace mathtool::math
