#include "mathtool/opt/least_squares/residual_derivatives.hpp"

#include <algorithm>
#include <cmath>

#include "difference_size.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::opt {

void difference_jacobian(FunctionRef<Vec(const Vec&)> r, const Vec& x, const Vec& at_x,
                         const Box& box, Mat& jacobian) {
  jacobian.resize(at_x.size(), x.size());
  Vec at = x;
  const auto inside = [&](Index j, double value) {
    return box.unbounded() || (box.low[j] <= value && value <= box.high[j]);
  };
  for (Index j = 0; j < x.size(); ++j) {
    jacobian.col(j).setConstant(not_a_number);
    if (!box.unbounded() && box.low[j] == box.high[j]) {
      jacobian.col(j).setZero();
      continue;
    }
    try_difference_sizes(x[j], [&](double size) {
      const double up = x[j] + std::cbrt(epsilon) * size, down = x[j] - std::cbrt(epsilon) * size;
      bool seen = false;
      if (inside(j, up) && inside(j, down)) {
        at[j] = up;
        const Vec above = r(at);
        at[j] = down;
        const Vec below = r(at);
        jacobian.col(j) = (above - below) / (up - down);
        seen = changed(above, below);
      }
      for (const double sign : {1.0, -1.0}) {
        if (jacobian.col(j).allFinite()) break;
        at[j] = x[j] + sign * std::sqrt(epsilon) * size;
        if (!inside(j, at[j])) continue;
        const Vec there = r(at);
        jacobian.col(j) = (there - at_x) / (at[j] - x[j]);
        seen = changed(there, at_x);
      }
      return seen;
    });
    at[j] = x[j];
  }
}

}  // namespace mathtool::opt
