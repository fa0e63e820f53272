#pragma once

#include <cstdint>

#include "calculus/way.hpp"

namespace mathtool::math {

/// f(x) as a sample, where x is a double. NaN or ±∞ stand for values that do not exist or are too
/// large, also where f says so by std::domain_error or std::overflow_error.
Sample read_double(FunctionRef<double(double)> f, double x);

/// The value in 100 digits. Its noise is the difference to that in 50 digits; where 6 digits agree,
/// 1e-45 of that.
Sample compare(const FiftyDigits& fifty, const HundredDigits& hundred);

Sample read_precise(const PreciseFunction& f, const FiftyDigits& in_fifty,
                    const HundredDigits& in_hundred);

}  // namespace mathtool::math
