#pragma once

#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::bench {

/// n × p numbers uniform in (0, 1), always the same.
inline RowMat random_rows(Index n, Index p) {
  math::Philox random(1);
  RowMat rows(n, p);
  for (Index i = 0; i < rows.size(); ++i) rows.data()[i] = math::uniform(random);
  return rows;
}

}  // namespace mathtool::bench
