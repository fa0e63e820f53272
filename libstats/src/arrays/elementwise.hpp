#pragma once

#include <cstddef>

#include "mathtool/math/multiversion.hpp"

/// out[i] = expression for every i, with v for x[i]. Elements do not depend on each other, also
/// where out is x.
#define MATHTOOL_ELEMENTWISE(expression)                                   \
  MATHTOOL_INDEPENDENT for (std::size_t i = 0, n = x.size(); i < n; ++i) { \
    const double v = x[i];                                                 \
    out[i] = expression;                                                   \
  }
