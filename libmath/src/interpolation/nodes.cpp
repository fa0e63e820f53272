#include "nodes.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

void require_nodes(const char* caller, const VecRef& x, const VecRef& y, Index least) {
  require<DimensionError>(x.size() == y.size(), "{}: {} nodes but {} values", caller, x.size(),
                          y.size());
  require<DimensionError>(x.size() >= least, "{}: needs at least {} points, got {}", caller, least,
                          x.size());
  for (Index i = 0; i < x.size(); ++i) {
    require(std::isfinite(x[i]) && std::isfinite(y[i]), "{}: point {} is ({}, {}), not finite",
            caller, i + 1, x[i], y[i]);
    require(i == 0 || x[i - 1]<x[i],
                               "{}: nodes must ascend, but node {} is {} and node {} is {}; sort "
                               "and drop repetitions",
                               caller, i, i> 0
                ? x[i - 1]
                : 0.0,
            i + 1, x[i]);
  }
}

}  // namespace mathtool::math
