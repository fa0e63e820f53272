#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "calculus/readers.hpp"
#include "calculus/way.hpp"

namespace mathtool::math {

/// `use(way)` for the way of f to `point` from the side where x − point has the sign `side`; at ±∞
/// the side is that of the finite numbers.
template <class Use>
auto approach(FunctionRef<double(double)> f, double point, int side, const StopToken& stop,
              Use&& use) {
  const bool infinite = std::isinf(point), endless = infinite || point == 0;
  const auto read = [&](const FiftyDigits& h) {
    const double x = infinite ? static_cast<double>(-side / h)
                              : static_cast<double>(FiftyDigits(point) + side * h);
    if (x == point) return Sample{.lost = true};
    return read_double(f, x);
  };
  Way way{.read = read, .ratio = 2, .endless = endless, .in_double = true, .stop = stop};
  if (endless) {
    way.nearest = FiftyDigits("1e-307");
  } else {
    // Around large numbers doubles lie far apart: 20 bits of them are kept for the way. A power of
    // 2 makes most places exact.
    const double size = std::abs(point);
    way.first = std::exp2(std::floor(std::log2(std::max(std::min(1.0, size), size * 0x1p-20))));
    way.grain = size * std::numeric_limits<double>::epsilon();
    way.nearest = 16 * way.grain;
  }
  return use(way);
}

template <class Use>
auto approach(const PreciseFunction& f, const HundredDigits& point, int side, const StopToken& stop,
              Use&& use) {
  const bool infinite = bool(isinf(point)), endless = infinite || point == 0;
  const FiftyDigits in_fifty(point);
  const auto read = [&](const FiftyDigits& h) {
    const FiftyDigits x = infinite ? FiftyDigits(-side / h) : FiftyDigits(in_fifty + side * h);
    if (x == in_fifty) return Sample{.lost = true};
    return read_precise(f, x, infinite ? HundredDigits(x) : point + side * HundredDigits(h));
  };
  Way way{.read = read, .endless = endless, .stop = stop};
  if (!endless) way.first = std::min(FiftyDigits(1), FiftyDigits(abs(in_fifty)));
  return use(way);
}

}  // namespace mathtool::math
