#pragma once

#include <boost/multiprecision/cpp_int.hpp>

namespace mathtool::math {

/// Whole numbers and fractions of any size, without rounding. Over a second to compile, hence in no
/// other public header: include it only where it is meant.
using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

}  // namespace mathtool::math
