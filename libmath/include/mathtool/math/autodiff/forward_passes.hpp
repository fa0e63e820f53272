#pragma once

#include <algorithm>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/numbers.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math::detail {

constexpr int forward_width = 4;  ///< axes in one pass, as many as an AVX register holds
using ForwardNumber = Dual<double, forward_width>;

/// Calls visit(numbers, first, count) for x with derivatives along `count` of its axes, from
/// `first` on, until all have had their turn.
template <class Visit>
void forward_passes(VecRef x, Visit visit) {
  Numbers<ForwardNumber> at = x.cast<ForwardNumber>();
  for (Index first = 0; first < x.size(); first += forward_width) {
    const Index count = std::min<Index>(forward_width, x.size() - first);
    for (Index k = 0; k < count; ++k) at[first + k] = ForwardNumber::variable(x[first + k], k);
    visit(at, first, count);
    for (Index k = 0; k < count; ++k) at[first + k] = x[first + k];
  }
}

/// x with its derivative along v.
inline Numbers<Dual<>> along(VecRef x, VecRef v) {
  require<DimensionError>(x.size() == v.size(), "a direction has {} elements, the point has {}",
                          v.size(), x.size());
  return x.binaryExpr(v,
                      [](double value, double derivative) { return Dual<>(value, {derivative}); });
}

}  // namespace mathtool::math::detail
