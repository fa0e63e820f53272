#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "cli/table.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// A square matrix as a table: a column of names, then one column for each of them. `matrix` and
/// `names` are copied. Only the first `most` rows and columns are shown if it is not 0.
Table named_matrix(const std::vector<std::string>& names, const Mat& matrix, Index most = 0);

}  // namespace mathtool::cli
