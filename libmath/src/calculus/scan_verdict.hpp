#pragma once

#include <string>
#include <vector>

#include "chebyshev_piece.hpp"
#include "mathtool/math/calculus/roots_on_interval.hpp"

namespace mathtool::math {

struct ScanVerdict {
  Status status;
  std::string reason;
};

/// What a search that rests on `scan` may claim. `doubt` is what the search itself could not
/// settle.
ScanVerdict scan_verdict(const ChebyshevScan& scan, bool exhausted, const std::string& doubt);

/// Where f has no finite value, as far as whole pieces tell.
std::vector<Interval> undefined_intervals(const ChebyshevScan& scan);

}  // namespace mathtool::math
