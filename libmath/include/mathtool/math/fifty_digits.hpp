#pragma once

#include <boost/math/special_functions/acosh.hpp>
#include <boost/math/special_functions/asinh.hpp>
#include <boost/math/special_functions/atanh.hpp>
#include <boost/math/special_functions/cbrt.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/expm1.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/hypot.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

namespace mathtool::math {

/// A binary floating-point number of at least 50 decimal digits, for reference values.
///
/// The elementary functions, erf, erfc, tgamma, lgamma and hypot are found by argument-dependent
/// lookup, so generic code calls them unqualified after `using std::sin;`, as it does for double.
/// FiftyDigits{"0.1"} is one tenth to 50 digits; FiftyDigits{0.1} is the double nearest to it.
///
/// Error:   a few units in the 50th digit for one function call.
/// Cost:    0.1 to 0.5 µs for an operation, 10 to 100 µs for a function. Several seconds to
/// compile:
///          for that no other header includes this one.
using FiftyDigits = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>,
                                                  boost::multiprecision::et_off>;

}  // namespace mathtool::math
