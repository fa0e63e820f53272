#include "mathtool/opt/least_squares/residual_derivatives.hpp"

#include <algorithm>
#include <cmath>

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
    // A parameter of 0 tells no size: the distance is that for one of about 1e-3.
    const double size = std::max(std::abs(x[j]), 1e-3);
    jacobian.col(j).setConstant(not_a_number);
    if (!box.unbounded() && box.low[j] == box.high[j]) {
      jacobian.col(j).setZero();
      continue;
    }
    const double up = x[j] + std::cbrt(epsilon) * size, down = x[j] - std::cbrt(epsilon) * size;
    if (inside(j, up) && inside(j, down)) {
      at[j] = up;
      const Vec above = r(at);
      at[j] = down;
      jacobian.col(j) = (above - r(at)) / (up - down);
    }
    for (const double sign : {1.0, -1.0}) {
      if (jacobian.col(j).allFinite()) break;
      at[j] = x[j] + sign * std::sqrt(epsilon) * size;
      if (!inside(j, at[j])) continue;
      const double h = at[j] - x[j];
      jacobian.col(j) = (r(at) - at_x) / h;
    }
    at[j] = x[j];
  }
}

}  // namespace mathtool::opt
