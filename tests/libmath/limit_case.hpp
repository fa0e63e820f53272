#pragma once

#include <limits>
#include <string>

#include "mathtool/math/calculus/precise_limits.hpp"
#include "verdict.hpp"

namespace mathtool::test {

/// A limit to find: `expected` as in check_verdict.
struct LimitCase {
  const char *f, *point;
  math::Side side;
  const char* expected;
};

inline math::HundredDigits precise_point(const std::string& text) {
  using math::HundredDigits;
  if (text == "inf") return std::numeric_limits<HundredDigits>::infinity();
  if (text == "-inf") return -std::numeric_limits<HundredDigits>::infinity();
  return formula<HundredDigits>(text);
}

inline math::Limit precise_limit(const LimitCase& c) {
  return math::limit(math::PreciseFunction(precise(c.f)), precise_point(c.point), {.side = c.side});
}

inline math::Limit double_limit(const LimitCase& c) {
  return math::limit([&](double x) { return formula<double>(c.f, x); },
                     static_cast<double>(precise_point(c.point)), {.side = c.side});
}

}  // namespace mathtool::test
