#pragma once

#include <initializer_list>
#include <iterator>

#include "mathtool/math/types.hpp"

namespace mathtool::test {

inline Vec vec(std::initializer_list<double> values) {
  return Eigen::Map<const Vec>(values.begin(), std::ssize(values));
}

/// n × p, its rows one after the other.
inline Mat matrix(Index n, Index p, std::initializer_list<double> rows) {
  return Eigen::Map<const RowMat>(rows.begin(), n, p);
}

}  // namespace mathtool::test
