#pragma once

#include <cstdint>

#include "mathtool/opt/box.hpp"

namespace mathtool::opt {

/// Points spread over a box: each side is cut into as many pieces as there are points, and each
/// piece of each side holds one of them.
/// Shapes: n × points.  Pre: a box of finite sides.
/// Ref:    McKay, Beckman & Conover, A comparison of three methods for selecting values of input
///         variables (1979).
Mat latin_hypercube(const Box& box, Index points, std::uint64_t seed);

/// Throws: DomainError for a box with a side that is not finite; `method` needs it.
void require_finite(const Box& box, const char* method);

}  // namespace mathtool::opt
