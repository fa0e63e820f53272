#pragma once

#include <string>
#include <string_view>

#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// Makes a `kind` ("covariance", "correlation") matrix of pairwise entries positive semidefinite.
/// Returns a note that says how far it was from that; empty where nothing had to be done.
std::string repair_pairwise(Mat& matrix, std::string_view kind);

}  // namespace mathtool::cli
