#pragma once

#include <cstddef>

#if defined(__clang__)
#define MATHTOOL_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define MATHTOOL_INDEPENDENT _Pragma("GCC ivdep")
#endif

/// out[i] = expression for every i, with v for x[i]. Elements do not depend on each other, also
/// where out is x.
#define MATHTOOL_ELEMENTWISE(expression)                                   \
  MATHTOOL_INDEPENDENT for (std::size_t i = 0, n = x.size(); i < n; ++i) { \
    const double v = x[i];                                                 \
    out[i] = expression;                                                   \
  }
