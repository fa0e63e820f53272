#pragma once

#include "cli/figure.hpp"
#include "cli/hypothesis/test_data.hpp"

namespace mathtool::cli {

/// A box for each sample, side by side.
Figure sample_boxes(const TestData& data);

}  // namespace mathtool::cli
